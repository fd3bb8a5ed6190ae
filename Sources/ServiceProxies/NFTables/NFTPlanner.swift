/// Works out the input of `nft` for the table of kube-proxy, in the layout of 1.36 or in the one before.
///
/// Pure.
struct NFTPlanner: Sendable {
    let configuration: ProxyConfiguration
    let layout: NFTLayout

    /// Everything, whatever was there: maps and sets emptied and filled again, chains written anew, stale ones emptied.
    func fullSync(_ services: [ServicePort], over existing: NFTablesSurvey = NFTablesSurvey()) -> NFTPlan {
        var writer = NFTWriter(configuration, layout, capacity: capacity(for: services))
        var transactions: [[UInt8]] = []
        writer.writeFrame()
        for (index, service) in services.enumerated() {
            if let limit = configuration.servicesPerTransaction, index > 0, index.isMultiple(of: limit) {
                transactions.append(writer.takeBytes())
            }
            writer.writeChains(of: service)
            writer.writeElements(of: service)
        }
        var stale: [[UInt8]] = []
        if !existing.serviceChains.isEmpty || !existing.affinitySets.isEmpty {
            let chains = Set(writer.chains)
            let sets = Set(writer.affinitySets)
            stale = existing.serviceChains.map { Array($0.utf8) }.filter { !chains.contains($0) }
            for chain in stale { writer.flush(chain: chain) }
            for set in existing.affinitySets.map({ Array($0.utf8) }) where !sets.contains(set) {
                writer.delete(set: set)
            }
        }
        transactions.append(writer.takeBytes())
        return NFTPlan(transactions: transactions, staleChains: stale)
    }

    /// One change: the chains of the service that changed, and the elements that differ.
    func partialSync(_ change: ServiceChange, resulting services: [ServicePort]) -> NFTPlan {
        // Everything is one transaction: a packet sees the old rules or the new ones, and no mixture.
        var before = NFTWriter(configuration, layout)
        let oldElements = change.old.map { before.write($0) } ?? []
        var writer = NFTWriter(configuration, layout)
        let newElements = change.new.map { writer.write($0) } ?? []
        let isThere = Set(oldElements)
        for element in newElements where !isThere.contains(element) { writer.add(element) }

        let chains = Set(writer.chains)
        let stale = before.chains.filter { !chains.contains($0) }
        for chain in stale { writer.flush(chain: chain) }
        let sets = Set(writer.affinitySets)
        for set in before.affinitySets where !sets.contains(set) { writer.delete(set: set) }
        let stays = Set(newElements)
        for element in oldElements where !stays.contains(element) {
            if element.container.isShared, let old = change.old, isNeeded(element, of: old, by: services) { continue }
            writer.delete(element)
        }
        return NFTPlan(transactions: [writer.takeBytes()], staleChains: stale)
    }

    /// Deletes chains that are empty.
    func deletion(of chains: [[UInt8]]) -> [UInt8] {
        var writer = NFTWriter(configuration, layout)
        for chain in chains { writer.delete(chain: chain) }
        return writer.takeBytes()
    }

    /// Takes the table away, whether or not it is there.
    func removal() -> [UInt8] {
        // Added first: deleting a table that is absent is an error, and only new kernels know `destroy`.
        Array("add table ip kube-proxy\ndelete table ip kube-proxy\n".utf8)
    }

    /// Whether a service other than this one needs an element that several may need.
    private func isNeeded(_ element: NFTElement, of service: ServicePort, by services: [ServicePort]) -> Bool {
        guard element.container == .hairpin else {
            return services.contains { $0.clusterIP == service.clusterIP }
        }
        var writer = NFTWriter(configuration, layout)
        return services.contains { candidate in
            guard candidate.transport == service.transport, candidate.endpoints.contains(where: \.isLocal) else {
                return false
            }
            writer.turn(to: candidate)
            return writer.elements(of: candidate).contains(element)
        }
    }

    private func capacity(for services: [ServicePort]) -> Int {
        let endpoints = services.reduce(0) { $0 + $1.endpoints.count }
        return 8192 + services.count * 600 + endpoints * (layout == .endpointChains ? 700 : 40)
    }
}

extension NFTWriter {
    /// Writes the chains of a service and says what its elements are.
    fileprivate mutating func write(_ service: ServicePort) -> [NFTElement] {
        writeChains(of: service)
        return elements(of: service)
    }
}
