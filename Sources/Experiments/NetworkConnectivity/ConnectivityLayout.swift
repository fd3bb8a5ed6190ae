import Contract
import Quantities
import Resources
import Testbed

/// Where on the local testbed the pods and nodes of a test stand, and which addresses services have; pure.
struct ConnectivityLayout: Sendable, Equatable {
    typealias Kind = NetworkConnectivityTest

    let spec: Kind.Spec
    /// Every pod with its place: they take turns on the nodes.
    let pods: [Kind.Reference: Place]
    private let podsOnNode: [Int]
    /// Every service with its virtual address, in the order of the resource.
    let services: [(service: Kind.LocalService, address: IPAddress)]

    /// Virtual addresses are taken from here, the first ten left out as clusters do.
    static let serviceRange = CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 16)

    init(spec: Kind.Spec) {
        self.spec = spec
        var places: [Kind.Reference: Place] = [:]
        var counts = [Int](repeating: 0, count: spec.local.nodes + (spec.local.external.isEmpty ? 0 : 1))
        for (index, pod) in spec.pods.enumerated() {
            let node = index % spec.local.nodes
            places[pod] = .pod(counts[node], on: node, of: spec.local.network.rawValue)
            counts[node] += 1
        }
        pods = places
        podsOnNode = counts
        var seen: Set<Kind.Reference> = []
        services = spec.destinations.compactMap { destination -> Kind.LocalService? in
            guard let name = destination.service, seen.insert(name).inserted else { return nil }
            return spec.service(name)
        }.enumerated().compactMap { index, service in
            Self.serviceRange.address(at: UInt64(index) + 10).map { (service, $0) }
        }
    }

    static func == (left: ConnectivityLayout, right: ConnectivityLayout) -> Bool { left.spec == right.spec }

    var network: String { spec.local.network.rawValue }

    /// The node that stands in for addresses outside, behind all others; nil where there are none.
    var outside: Place? { spec.local.external.isEmpty ? nil : .node(spec.local.nodes, of: network) }

    /// The nodes that people know.
    var nodes: [Place] { (0..<spec.local.nodes).map { .node($0, of: network) } }

    func node(named name: String) -> Place? {
        (0..<spec.local.nodes).first { "node\($0)" == name }.map { .node($0, of: network) }
    }

    func place(of source: Kind.Source) -> Place? {
        switch source {
        case .pod(let pod, _): pods[pod]
        case .node(let name): node(named: name)
        case .pods: nil
        }
    }

    /// Where names are asked for.
    var nameServer: Place { .node(0, of: network) }

    var topology: Topology {
        let podNetwork: NetworkPlan.PodNetwork =
            switch spec.local.network {
            case .netlink: .direct
            case .bridge: .bridge
            case .ptp: .pointToPoint
            case .macvlan: .macvlan
            case .ipvlan: .ipvlan
            }
        return Topology(
            networks: [NetworkPlan(name: network, podNetwork: podNetwork, fabric: .routes, podsOnNode: podsOnNode)],
            nodes: podsOnNode.count,
            families: families)
    }

    /// The most entries of one family that the kernel's table of neighbours comes to have, between pods and to nodes.
    ///
    /// Pods that are made by netlink have permanent ones, which are not counted.
    var neighbours: Int {
        let hosts = podsOnNode.count * (podsOnNode.count - 1)
        let ends = 2 * pods.count
        switch spec.local.network {
        case .netlink: return hosts
        case .ptp: return hosts + ends
        case .bridge: return hosts + ends + 2 * pairs { $0 == $1 }
        case .macvlan, .ipvlan: return hosts + ends + 2 * pairs { _, _ in true }
        }
    }

    /// Pairs of pods of which one asks the other, on nodes that are as asked for.
    private func pairs(_ areNeighbours: (Int, Int) -> Bool) -> Int {
        let targets = Set(spec.destinations.flatMap(spec.pods(of:)))
        let sources = Set(
            spec.sources.compactMap { source -> Kind.Reference? in
                guard case .pod(let pod, _) = source else { return nil }
                return pod
            })
        func nodes(_ some: Set<Kind.Reference>) -> [Int: Int] {
            some.reduce(into: [:]) { counts, pod in
                guard case .pod(_, let node, _)? = pods[pod] else { return }
                counts[node, default: 0] += 1
            }
        }
        let (from, to) = (nodes(sources), nodes(targets))
        return from.reduce(0) { sum, here in
            sum + to.reduce(0) { $0 + (areNeighbours(here.key, $1.key) ? here.value * $1.value : 0) }
        }
    }

    /// Services have IPv4 addresses, whatever is asked for.
    private var families: [IPAddress.Family] {
        services.isEmpty ? spec.families : [.ipv4] + spec.families.filter { $0 != .ipv4 }
    }
}
