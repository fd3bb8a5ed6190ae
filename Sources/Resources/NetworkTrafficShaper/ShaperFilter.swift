public import Contract
public import Quantities

extension NetworkTrafficShaper {
    /// Packets between a target and a peer; all that is said has to be true of a packet.
    public struct Filter: Sendable, Hashable {
        /// Who the peer is.
        public enum Peer: Sendable, Hashable {
            /// Anybody.
            case anyone
            /// Whoever has an address of a network.
            case network(CIDR)
            /// A pod.
            case pod(Reference)
            /// Pods with these labels.
            case pods(LabelSelector)
        }

        /// Who the peer is.
        public var peer: Peer
        /// What packets carry, and the ports; its own peer is never said.
        public var rest: TrafficFilter

        /// A filter.
        public init(peer: Peer = .anyone, rest: TrafficFilter = TrafficFilter()) {
            self.peer = peer
            self.rest = rest
        }

        /// The same for peers at these addresses, one for each; as it is where the peer is no pod.
        public func resolved(_ addresses: [IPAddress]) -> [TrafficFilter] {
            var filter = rest
            switch peer {
            case .anyone: return [filter]
            case .network(let network):
                filter.peer = network
                return [filter]
            case .pod, .pods:
                return addresses.map { address in
                    filter.peer = CIDR(address, clampedPrefixLength: address.family.bits)
                    return filter
                }
            }
        }
    }
}

extension NetworkTrafficShaper.Filter {
    private enum Key: String, CaseIterable {
        case peer, pod, namespace, selector, `protocol`, peerPort, ownPort
    }

    static func list(reading reader: NodeReader) -> [NetworkTrafficShaper.Filter]? {
        reader.list("filters, such as {protocol: udp, peerPort: 53}")?.distinct(
            by: \.self, naming: { _ in "the same filter" }
        ) { NetworkTrafficShaper.Filter(reading: $0) }
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let problems = reader.problems.count
        let said: [Key] = [.peer, .pod, .selector].filter { keyed[$0] != nil }
        if said.count > 1 { reader.fail("expected one of peer, pod and selector, found several") }
        if keyed[.pod] == nil { keyed[.namespace]?.fail("goes with pod only") }
        let namespace = keyed.read(.namespace, default: NetworkTrafficShaper.Reference.usual) { $0.objectName() }
        var peer = Peer.anyone
        if let network = keyed[.peer]?.quantity(CIDR.self) { peer = .network(network) }
        if let name = keyed[.pod]?.objectName() { peer = .pod(.init(name, namespace: namespace ?? "")) }
        if let selector = keyed[.selector].flatMap({ LabelSelector(reading: $0) }) { peer = .pods(selector) }
        let rest = TrafficFilter(
            content: keyed[.protocol]?.choice(TrafficFilter.Content.self),
            peerPort: keyed[.peerPort]?.integer(in: 1...65_535).map { UInt16($0) },
            ownPort: keyed[.ownPort]?.integer(in: 1...65_535).map { UInt16($0) })
        guard reader.problems.count == problems else { return nil }
        self.init(peer: peer, rest: rest)
    }

    var canonical: CanonicalValue {
        var members: [String: CanonicalValue?] = [
            "protocol": rest.content.map { .string($0.rawValue) },
            "peerPort": rest.peerPort.map { .integer(Int($0)) },
            "ownPort": rest.ownPort.map { .integer(Int($0)) },
        ]
        switch peer {
        case .anyone: break
        case .network(let network): members["peer"] = .text(network)
        case .pod(let pod):
            members["pod"] = .string(pod.name)
            members["namespace"] = .string(pod.namespace)
        case .pods(let selector): members["selector"] = selector.canonical
        }
        return .object(present: members)
    }
}
