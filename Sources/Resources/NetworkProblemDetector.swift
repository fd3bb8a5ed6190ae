public import Contract
public import Quantities

/// Watches a network for a while: agents at every place check each other, and what is at fault is named with its place.
///
/// `docs/resources.md` explains every key.
public struct NetworkProblemDetector: Resource {
    /// The word behind `kind:`.
    public static let kind = "NetworkProblemDetector"

    /// Name and labels.
    public var metadata: Metadata
    /// What is watched, and how.
    public var spec: Spec

    /// Describes a watch.
    public init(metadata: Metadata, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// As its spec says.
    public var conditions: [NamedCondition] { spec.conditions }

    /// What is watched, and how.
    public struct Spec: Sendable, Equatable {
        /// How pods come to their network.
        public var network: CNIPerformance.Preset
        /// Nodes, each with an agent.
        public var nodes: Int
        /// Pods on each node, each with an agent.
        public var podsPerNode: Int
        /// What is sent.
        public var checks: [CheckKind]
        /// Between which places.
        public var paths: [Path]
        /// About how many other nodes each node checks.
        public var neighbours: Int
        /// How services come into the kernel, where services or names are asked for.
        public var proxy: ProxyMode
        /// From one attempt of a check to its next.
        public var period: TimeSpan
        /// After which an attempt counts as lost.
        public var timeout: TimeSpan
        /// What is judged at once.
        public var window: TimeSpan
        /// How long the watch is.
        public var duration: TimeSpan
        /// When something counts as wrong.
        public var thresholds: Thresholds
        /// What has to be found; nothing else may be.
        public var expect: [Expectation]
        /// What is changed while trials run: the levels of the factor `condition`.
        public var conditions: [NamedCondition]
        /// How often.
        public var repetitions: Repetitions
        /// What orders the trials of a block; drawn and recorded by the run when it is absent.
        public var seed: UInt64?

        /// Describes a watch; what has a default in YAML has the same one here.
        public init(
            network: CNIPerformance.Preset = .bridge, nodes: Int = 4, podsPerNode: Int = 1,
            checks: [CheckKind] = CheckKind.usual, paths: [Path] = Path.allCases, neighbours: Int = 10,
            proxy: ProxyMode = .nftables, period: TimeSpan = .milliseconds(500), timeout: TimeSpan = .milliseconds(400),
            window: TimeSpan = .seconds(5), duration: TimeSpan = .minutes(1), thresholds: Thresholds = Thresholds(),
            expect: [Expectation] = [], conditions: [NamedCondition] = [],
            repetitions: Repetitions = Repetitions(minimum: 1, maximum: 1), seed: UInt64? = nil
        ) {
            self.network = network
            self.nodes = nodes
            self.podsPerNode = podsPerNode
            self.checks = checks
            self.paths = paths
            self.neighbours = neighbours
            self.proxy = proxy
            self.period = period
            self.timeout = timeout
            self.window = window
            self.duration = duration
            self.thresholds = thresholds
            self.expect = expect
            self.conditions = conditions
            self.repetitions = repetitions
            self.seed = seed
        }
    }

    /// Between which places checks go.
    public enum Path: String, Sendable, Hashable, CaseIterable {
        /// From nodes to other nodes.
        case nodeToNode = "node-node"
        /// From nodes to pods of other nodes.
        case nodeToPod = "node-pod"
        /// From pods to pods of other nodes.
        case podToPod = "pod-pod"
    }
}
