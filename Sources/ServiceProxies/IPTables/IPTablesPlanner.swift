/// Works out what `iptables-restore` has to be given: the rules of kube-proxy 1.36.
///
/// Pure.
struct IPTablesPlanner: Sendable {
    /// With more endpoints than this, rules of endpoints have no comments.
    ///
    /// kube-proxy's `largeClusterEndpointsThreshold`.
    static let largeClusterThreshold = 1000

    let configuration: ProxyConfiguration
    /// The packet counters that are there for rules to count in.
    var counters: Set<IPTablesCounter> = []

    /// Whether there are so many endpoints that kube-proxy spares itself what grows with them.
    static func isLargeCluster(_ services: [ServicePort]) -> Bool {
        services.reduce(0) { $0 + $1.endpoints.count } > largeClusterThreshold
    }

    /// Everything, whatever was there: rules of all services, stale chains removed.
    ///
    /// With `isWhole` also canaries and jump rules, for tables that hold nothing.
    func fullSync(
        _ services: [ServicePort], over existing: IPTablesSurvey = IPTablesSurvey(), isWhole: Bool = false
    ) -> [UInt8] {
        var writer = IPTablesWriter(configuration, counters, services)
        for service in services { writer.write(service, withChains: true) }
        return writer.finish(isWhole: isWhole, stale: stale(existing, keeping: writer.natChains))
    }

    /// One change: everything that is a list of all services, and the chains of the service that changed.
    func partialSync(_ change: ServiceChange, resulting services: [ServicePort]) -> [UInt8] {
        var writer = IPTablesWriter(configuration, counters, services)
        let new = change.new
        for service in services {
            let isChanged = service.name == new?.name && service.transport == new?.transport
            writer.write(service, withChains: isChanged)
        }
        // What the old service had and the new one lacks is stale; that takes no listing.
        var before = IPTablesSurvey()
        if let old = change.old {
            var dropped = IPTablesWriter(configuration, counters, [old])
            dropped.write(old, withChains: true)
            before.tables[.nat] = IPTablesSurvey.Table(chains: Self.chains(in: dropped.natChains))
        }
        return writer.finish(isWhole: false, stale: stale(before, keeping: writer.natChains))
    }

    /// Takes away everything that a listing shows of ours.
    func removal(of existing: IPTablesSurvey) -> [UInt8] {
        var buffer = TextBuffer()
        for table in IPTablesTable.allCases {
            guard let found = existing.tables[table], !found.chains.isEmpty || !found.jumps.isEmpty else { continue }
            buffer.append(text: "*\(table.rawValue)\n")
            // A chain line for a chain that exists empties it, and an empty one can be deleted when nothing leads
            // there.
            for chain in found.chains { buffer.append(text: ":\(chain) - [0:0]\n") }
            for jump in found.jumps { buffer.append(text: "-D \(jump)\n") }
            for chain in found.chains { buffer.append(text: "-X \(chain)\n") }
            buffer.appendLine("COMMIT")
        }
        return buffer.takeBytes()
    }

    /// The chains of services that exist and are not among those that were written.
    private func stale(_ existing: IPTablesSurvey, keeping written: TextBuffer) -> [String] {
        let old = (existing.tables[.nat]?.chains ?? []).filter(IPTablesSurvey.isServiceChain)
        guard !old.isEmpty else { return [] }
        let kept = Set(Self.chains(in: written))
        return old.filter { !kept.contains($0) }
    }

    /// The names in chain lines.
    private static func chains(in lines: TextBuffer) -> [String] {
        lines.bytes.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.dropFirst().prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        }
    }
}
