import Netlink

/// What there is, or has to be, of services in IPVS, on `kube-ipvs0` and in ipsets: all of it, or what a change
/// touches.
struct IPVSState: Sendable, Equatable {
    /// Virtual services with their destinations, in order.
    var served: [IPVSNeeds.Served] = []
    /// Addresses of `kube-ipvs0`, each once; the set `KUBE-IPVS-IPS` holds the same.
    var addresses: [IPv4Address] = []
    /// Elements of ipsets, each once.
    var elements: [IPVSSetElement] = []

    /// What has to be done to get from here to there.
    func change(to goal: IPVSState) -> IPVSChange {
        var change = IPVSChange()
        let addressesHere = Set(addresses)
        let addressesThere = Set(goal.addresses)
        change.addedAddresses = goal.addresses.filter { !addressesHere.contains($0) }
        change.removedAddresses = addresses.filter { !addressesThere.contains($0) }
        let elementsHere = Set(elements)
        let elementsThere = Set(goal.elements)
        change.addedElements = goal.elements.filter { !elementsHere.contains($0) }
        change.removedElements = elements.filter { !elementsThere.contains($0) }

        var here: [IPVSService.Key: IPVSNeeds.Served] = Dictionary(minimumCapacity: served.count)
        for one in served { here[one.service.key] = one }
        for wanted in goal.served {
            let key = wanted.service.key
            guard let present = here.removeValue(forKey: key) else {
                change.requests.append(.addService(wanted.service))
                for destination in wanted.destinations {
                    change.requests.append(.addDestination(destination, of: key))
                }
                continue
            }
            if present.service != wanted.service { change.requests.append(.setService(wanted.service)) }
            change.requests += Self.requests(of: key, from: present.destinations, to: wanted.destinations)
        }
        // Last, and in their order: a service that goes is served until those that stay are right.
        for one in served where here[one.service.key] != nil {
            change.requests.append(.deleteService(one.service.key))
        }
        return change
    }

    private static func requests(
        of key: IPVSService.Key, from present: [IPVSDestination], to wanted: [IPVSDestination]
    ) -> [IPVSRequest] {
        guard present != wanted else { return [] }
        struct Server: Hashable {
            let address: CompactAddress
            let port: UInt16
        }
        func server(_ destination: IPVSDestination) -> Server {
            Server(address: destination.address, port: destination.port)
        }
        var requests: [IPVSRequest] = []
        var here: [Server: IPVSDestination] = [:]
        for destination in present { here[server(destination)] = destination }
        for destination in wanted {
            guard let old = here.removeValue(forKey: server(destination)) else {
                requests.append(.addDestination(destination, of: key))
                continue
            }
            if old != destination { requests.append(.setDestination(destination, of: key)) }
        }
        // After those that are new, so that the service has a destination at every moment.
        for destination in present where here[server(destination)] != nil {
            requests.append(.deleteDestination(destination, of: key))
        }
        return requests
    }
}
