public import Contract
public import Quantities

/// Compares pod networks: throughput and latency between pods, on each path, against each other and a baseline.
///
/// `docs/resources.md` explains every key.
public struct CNIPerformance: Resource {
    /// The word behind `kind:`.
    public static let kind = "CNIPerformance"

    /// Name and labels.
    public var metadata: Metadata
    /// What is measured, where, and how often.
    public var spec: Spec

    /// Describes a comparison.
    public init(metadata: Metadata, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// As its spec says.
    public var conditions: [NamedCondition] { spec.conditions }

    /// What is measured, where, and how often.
    public struct Spec: Sendable, Equatable {
        /// Nodes of the testbed, 1 to 64.
        public var nodes: Int
        /// Idle pods that stand on each node and network beside those that are measured, 0 to 200.
        public var podsPerNode: Int
        /// The networks that are compared: the levels of the factor `network`.
        public var networks: [Network]
        /// What they are compared with, besides each other.
        public var baseline: Baseline?
        /// Where the two ends stand.
        public var paths: [Path]
        /// How many ends measure at once: the levels of the factor `pairs`.
        public var pairs: [Pairs]
        /// How services come into the kernel, for the paths that have one.
        public var proxy: ProxyMode
        /// The versions of the Internet protocol.
        public var families: [IPAddress.Family]
        /// What is measured on each network and path.
        public var tests: [Test]
        /// Up to which latency a rate of an open loop is carried well enough; nil where nobody asks.
        public var capacity: CapacityLimit?
        /// What is changed while trials run: the levels of the factor `condition`.
        public var conditions: [NamedCondition]
        /// How often.
        public var repetitions: Repetitions
        /// How long latency probes run before they record, unless a test says `omit`.
        public var warmUp: TimeSpan
        /// How quiet the machine has to be before a trial.
        public var settle: Settle
        /// What orders the trials of a block; drawn and recorded by the run when it is absent.
        public var seed: UInt64?

        /// Describes what is measured; what has a default in YAML has the same one here.
        public init(
            nodes: Int = 2,
            podsPerNode: Int = 0,
            networks: [Network],
            baseline: Baseline? = nil,
            paths: [Path],
            pairs: [Pairs] = [.single],
            proxy: ProxyMode = .nftables,
            families: [IPAddress.Family] = [.ipv4],
            tests: [Test],
            capacity: CapacityLimit? = nil,
            conditions: [NamedCondition] = [],
            repetitions: Repetitions,
            warmUp: TimeSpan = .milliseconds(50),
            settle: Settle = Settle(),
            seed: UInt64? = nil
        ) {
            self.nodes = nodes
            self.podsPerNode = podsPerNode
            self.networks = networks
            self.baseline = baseline
            self.paths = paths
            self.pairs = pairs
            self.proxy = proxy
            self.families = families
            self.tests = tests
            self.capacity = capacity
            self.conditions = conditions
            self.repetitions = repetitions
            self.warmUp = warmUp
            self.settle = settle
            self.seed = seed
        }
    }
}
