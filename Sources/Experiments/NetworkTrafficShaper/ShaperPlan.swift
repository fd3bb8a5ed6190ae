import Contract
import Quantities
import Resources
import Testbed

/// The links that a `NetworkTrafficShaper` changes, where they stand, and the topology that they need; pure.
struct ShaperPlan: Sendable {
    typealias Kind = NetworkTrafficShaper

    /// Names of the factors, as they stand in the store.
    enum Factor {
        static let target = "target"
        static let shaping = "shaping"
    }

    /// One link.
    struct Cell: Sendable {
        let variant: Variant
        let place: Place
        let target: Kind.Target
    }

    let spec: Kind.Spec
    /// Every pod with its place.
    let places: [Kind.Reference: Place]
    private let podsOnNode: [Int]
    let cells: [Cell]
    /// Where nothing is changed: who sees what is done to the others, pods before nodes.
    let witnesses: [Place]

    init(spec: Kind.Spec) {
        self.spec = spec
        let network = spec.local.network.rawValue
        let layout = PodPlaces(
            spec.pods.map { ($0.name, $0.node) }, nodes: spec.local.nodes, network: spec.local.network.rawValue)
        (places, podsOnNode) = (layout.places, layout.podsOnNode)
        var cells: [Cell] = []
        for target in spec.targets {
            guard let words = target.conditions(filters: Self.filtersWithoutPeers(target)).first?.words else {
                continue
            }
            for subject in spec.subjects(of: target) {
                let place =
                    switch subject {
                    case .pod(let pod): places[pod]
                    case .node(let name): Self.node(name, spec).map { Place.node($0, of: network) }
                    }
                guard let place else { continue }
                let level = target.interface == "eth0" ? "\(subject)" : "\(subject) \(target.interface)"
                let variant = Variant([
                    Variant.Level(Factor.target, level), Variant.Level(Factor.shaping, Self.level(target, words)),
                ])
                cells.append(Cell(variant: variant, place: place, target: target))
            }
        }
        self.cells = cells
        let shaped = Set(cells.map(\.place))
        let pods = spec.pods.compactMap { [places] in places[$0.name] }
        let nodes = (0..<spec.local.nodes).map { Place.node($0, of: network) }
        witnesses = (pods + nodes).filter { !shaped.contains($0) }
    }

    private static func node(_ name: String, _ spec: Kind.Spec) -> Int? {
        (0..<spec.local.nodes).first { "node\($0)" == name }
    }

    /// What is shaped, without saying for whom: peers have no addresses yet.
    private static func level(_ target: Kind.Target, _ words: String) -> String {
        let short = target.conditions().first?.words ?? words
        return target.filters.isEmpty && target.exempt.isEmpty ? short : "\(short), some packets"
    }

    /// Filters without their peers: what a condition needs does not depend on them.
    static func filtersWithoutPeers(_ target: Kind.Target) -> [TrafficFilter] {
        target.filters.isEmpty && target.exempt.isEmpty ? [] : [TrafficFilter(content: .udp)]
    }

    var design: Design {
        let factors = [Factor.target, Factor.shaping].map { name -> Design.Factor in
            var seen: Set<String> = []
            return Design.Factor(
                name: name,
                levels: cells.compactMap { $0.variant.level(of: name) }.filter { seen.insert($0).inserted })
        }
        return Design(
            comparedFactor: nil, factors: factors,
            matrix: Design.Matrix(rows: Factor.target, columns: Factor.shaping))
    }

    var topology: Topology {
        Topology(
            networks: [
                NetworkPlan(
                    name: spec.local.network.rawValue, podNetwork: spec.local.network.plan, fabric: .routes,
                    podsOnNode: podsOnNode)
            ],
            nodes: spec.local.nodes,
            families: [.ipv4])
    }

    /// What is done to a link, with the addresses of those that its filters name.
    func condition(of cell: Cell, on testbed: any Testbed) async throws(TestbedError) -> (any Condition)? {
        let filters = try await resolve(cell.target.filters, on: testbed)
        let exempt = try await resolve(cell.target.exempt, on: testbed)
        return cell.target.conditions(
            filters: filters, exempt: exempt, replacesForeign: spec.foreign == .replace
        ).first
    }

    private func resolve(
        _ filters: [Kind.Filter], on testbed: any Testbed
    ) async throws(TestbedError) -> [TrafficFilter] {
        var resolved: [TrafficFilter] = []
        for filter in filters {
            var addresses: [IPAddress] = []
            for pod in peers(of: filter) {
                guard let place = places[pod] else { continue }
                addresses.append(try await testbed.endpoint(of: place, family: .ipv4).address)
            }
            resolved += filter.resolved(addresses)
        }
        return resolved
    }

    private func peers(of filter: Kind.Filter) -> [Kind.Reference] {
        switch filter.peer {
        case .pod(let pod): [pod]
        case .pods(let selector): spec.pods(selector)
        case .anyone, .network: []
        }
    }

    /// Whether packets between the two go over the interface that is shaped, and come back by it.
    private func sees(_ witness: Place, _ target: Place) -> Bool {
        switch target {
        // Those of the node's own pods never leave it.
        case .node(let node, _): witness.node != node
        // A node answers its own pods from another address than they asked, which they do not take for an answer.
        case .pod(_, let node, let network): witness != .node(node, of: network)
        case .scratch: false
        }
    }

    /// Who sees what is done to a link: somebody whose packets it changes, and who is not shaped himself.
    func witness(
        of cell: Cell, _ condition: any Condition, on testbed: any Testbed
    ) async throws(TestbedError) -> Place? {
        for place in witnesses where sees(place, cell.place) {
            let address = try await testbed.endpoint(of: place, family: .ipv4).address
            if condition.traffic(toward: address) != nil { return place }
        }
        return nil
    }
}
