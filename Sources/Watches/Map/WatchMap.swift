public import Contract

/// What is watched: nodes, places on them, services, and which place checks what.
///
/// Numbers are positions in the lists, so that a watch of thousands of nodes stays small.
public struct WatchMap: Sendable, Equatable {
    /// Where an agent stands: a node itself, or a pod on it.
    public struct Spot: Sendable, Equatable, Codable {
        /// The name, each once.
        public var name: String
        /// The node.
        public var node: Int
        /// Whether it is a pod.
        public var isPod: Bool

        /// A place.
        public init(name: String, node: Int, isPod: Bool = false) {
            self.name = name
            self.node = node
            self.isPod = isPod
        }
    }

    /// A service, or a resolver.
    public struct Service: Sendable, Equatable, Codable {
        /// The name, each once.
        public var name: String
        /// The nodes that its endpoints stand on, one for each endpoint; empty where they are not known.
        public var nodes: [Int]
        /// The places of the endpoints, in the same order; empty where they are not known.
        public var spots: [Int]
        /// Whether it is asked for names.
        public var isResolver: Bool

        /// A service.
        public init(name: String, nodes: [Int] = [], spots: [Int] = [], isResolver: Bool = false) {
            self.name = name
            self.nodes = nodes
            self.spots = spots
            self.isResolver = isResolver
        }
    }

    /// Where a check goes.
    public enum Target: Sendable, Hashable {
        /// To another place.
        case spot(Int)
        /// To a service.
        case service(Int)
    }

    /// One check; its number is its position in ``WatchMap/checks``.
    public struct Check: Sendable, Hashable {
        /// The place that makes it.
        public var source: Int
        /// Where it goes.
        public var target: Target
        /// What is sent.
        public var kind: CheckKind

        /// A check.
        public init(from source: Int, to target: Target, by kind: CheckKind) {
            self.source = source
            self.target = target
            self.kind = kind
        }
    }

    /// The names of the nodes.
    public let nodes: [String]
    /// The places.
    public let spots: [Spot]
    /// The services.
    public let services: [Service]
    /// The checks.
    public let checks: [Check]

    /// The checks that start or end on each node.
    let checksOfNode: [[Int32]]
    /// The checks of each service.
    let checksOfService: [[Int32]]
    /// The services that have an endpoint on each node.
    let servicesOfNode: [[Int]]
    /// How many places each node has.
    let spotsOfNode: [Int]

    /// A map; places name nodes that there are, and checks places and services.
    public init(nodes: [String], spots: [Spot], services: [Service] = [], checks: [Check]) {
        self.nodes = nodes
        self.spots = spots
        self.services = services
        self.checks = checks
        var ofNode = [[Int32]](repeating: [], count: nodes.count)
        var ofService = [[Int32]](repeating: [], count: services.count)
        for (number, check) in checks.enumerated() {
            let source = spots[check.source].node
            ofNode[source].append(Int32(number))
            switch check.target {
            case .spot(let spot):
                let target = spots[spot].node
                if target != source { ofNode[target].append(Int32(number)) }
            case .service(let service): ofService[service].append(Int32(number))
            }
        }
        var homes = [[Int]](repeating: [], count: nodes.count)
        for (number, service) in services.enumerated() {
            for node in Set(service.nodes) { homes[node].append(number) }
        }
        var counts = [Int](repeating: 0, count: nodes.count)
        for spot in spots { counts[spot.node] += 1 }
        checksOfNode = ofNode
        checksOfService = ofService
        servicesOfNode = homes
        spotsOfNode = counts
    }
}
