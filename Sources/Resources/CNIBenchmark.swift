public import Quantities

/// Measures CNI plugins themselves: how long they take to attach, check and detach pods, by how many are there already
/// and how many come at a time, and whether they do what the specification says.
///
/// `docs/resources.md` explains every key.
public struct CNIBenchmark: Resource {
    /// The word behind `kind:`.
    public static let kind = "CNIBenchmark"

    /// Name and labels.
    public var metadata: Metadata
    /// What is measured, and how often.
    public var spec: Spec

    /// Describes a benchmark.
    public init(metadata: Metadata, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// As its spec says.
    public var conditions: [NamedCondition] { spec.conditions }

    /// What is measured, and how often.
    public struct Spec: Sendable, Equatable {
        /// The networks that are compared: the levels of the factor `network`.
        public var networks: [Network]
        /// Pods that are there when the next ones are added: the levels of the factor `pods`.
        public var pods: [Int]
        /// Operations at a time: the levels of the factor `concurrency`.
        public var concurrency: [Int]
        /// What is asked of the plugins.
        public var operations: [Operation]
        /// Pods that are added, checked and deleted in each trial, on top of those that are there.
        public var sampled: Int
        /// The longest time one plugin may take.
        public var timeout: TimeSpan
        /// What is changed while trials run: the levels of the factor `condition`.
        public var conditions: [NamedCondition]
        /// How often.
        public var repetitions: Repetitions
        /// How quiet the machine has to be before a trial.
        public var settle: Settle
        /// What orders the trials of a block; drawn and recorded by the run when it is absent.
        public var seed: UInt64?

        /// Describes what is measured; what has a default in YAML has the same one here.
        public init(
            networks: [Network],
            pods: [Int] = [1],
            concurrency: [Int] = [1],
            operations: [Operation] = [.add, .check, .delete, .conformance],
            sampled: Int = 20,
            timeout: TimeSpan = .seconds(20),
            conditions: [NamedCondition] = [],
            repetitions: Repetitions,
            settle: Settle = Settle(),
            seed: UInt64? = nil
        ) {
            self.networks = networks
            self.pods = pods
            self.concurrency = concurrency
            self.operations = operations
            self.sampled = sampled
            self.timeout = timeout
            self.conditions = conditions
            self.repetitions = repetitions
            self.settle = settle
            self.seed = seed
        }
    }
}
