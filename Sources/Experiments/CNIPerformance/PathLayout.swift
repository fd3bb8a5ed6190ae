import Contract
import Quantities
import Resources
import Testbed

/// One path in one network: where its ends stand, and how the client gets to the server; pure.
struct PathLayout: Sendable, Equatable {
    /// What the client asks for.
    enum Way: Sendable, Equatable {
        /// The server's own address.
        case direct
        /// The loopback address.
        case loopback
        /// The virtual address of a service, made at this node.
        case service(Place)
        /// A port of this node.
        case nodePort(Place)
        /// An address outside, to which this node knows the way.
        case outside(Place)
    }

    let client: Place
    let server: Place
    let way: Way

    /// Whether a service proxy stands between the ends.
    var isService: Bool {
        switch way {
        case .service, .nodePort: true
        case .direct, .loopback, .outside: false
        }
    }

    /// Whether the server's place has several addresses of which one is asked: a node, which has one in each of its networks.
    var isServerAtOneAddress: Bool {
        switch (way, server) {
        case (.outside, _), (.direct, .node): true
        case (.direct, _), (.loopback, _), (.service, _), (.nodePort, _): false
        }
    }

    /// Virtual addresses are taken from here, as in clusters.
    static let serviceRange = CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 16)
    /// The service's own.
    static let serviceAddress = IPAddress(10, 96, 0, 10)

    /// What the server stands for outside (RFC 5737, RFC 3849).
    static func outsideAddress(_ family: IPAddress.Family) -> IPAddress {
        switch family {
        case .ipv4: IPAddress(198, 51, 100, 7)
        case .ipv6:
            IPAddress(bytes: [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [7])
                ?? IPAddress(198, 51, 100, 7)
        }
    }

    static func loopbackAddress(_ family: IPAddress.Family) -> IPAddress {
        switch family {
        case .ipv4: IPAddress(127, 0, 0, 1)
        case .ipv6:
            IPAddress(bytes: [UInt8](repeating: 0, count: 15) + [1]) ?? IPAddress(127, 0, 0, 1)
        }
    }

    /// The path between pods of a network; the node behind all others stands in for what is outside.
    init(_ path: CNIPerformance.Path, of network: String, outside: Int) {
        func node(_ index: Int) -> Place { .node(index, of: network) }
        func pod(_ index: Int, _ node: Int) -> Place { .pod(index, on: node, of: network) }
        switch path {
        case .loopback: self.init(pod(0, 0), pod(0, 0), .loopback)
        case .sameNode: self.init(pod(0, 0), pod(1, 0), .direct)
        case .otherNode: self.init(pod(0, 0), pod(0, 1), .direct)
        case .podToHost: self.init(pod(0, 0), node(0), .direct)
        case .hostToPod: self.init(node(0), pod(0, 0), .direct)
        case .hostToOtherHost: self.init(node(0), node(1), .direct)
        case .serviceSameNode: self.init(pod(0, 0), pod(1, 0), .service(node(0)))
        case .serviceOtherNode: self.init(pod(0, 0), pod(0, 1), .service(node(0)))
        case .nodePort: self.init(node(1), pod(0, 0), .nodePort(node(0)))
        case .hairpin: self.init(pod(0, 0), pod(0, 0), .service(node(0)))
        case .egress: self.init(pod(0, 0), node(outside), .outside(node(0)))
        }
    }

    /// The floor of the path: between the nodes alone, or on one.
    init(floorOf path: CNIPerformance.Path, of network: String, outside: Int) {
        let other: Int =
            switch path {
            case .egress: outside
            case _ where path.needsTwoNodes: 1
            default: 0
            }
        self.init(
            .node(0, of: network), .node(other, of: network), path == .loopback ? .loopback : .direct)
    }

    /// One of several pairs: each client and each server is a pod of its own, and of a form with one of either all share that.
    init(_ pair: Int, of pairs: CNIPerformance.Pairs, isOtherNode: Bool, network: String) {
        let server = pair % pairs.servers
        self.init(
            .pod(pair % pairs.clients, on: 0, of: network),
            isOtherNode
                ? .pod(server, on: 1, of: network) : .pod(pairs.clients + server, on: 0, of: network),
            .direct)
    }

    private init(_ client: Place, _ server: Place, _ way: Way) {
        self.client = client
        self.server = server
        self.way = way
    }
}
