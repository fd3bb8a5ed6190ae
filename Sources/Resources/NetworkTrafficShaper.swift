public import Quantities

/// Makes links of pods and nodes worse for a while, proves that it did, and puts everything back.
///
/// `docs/resources.md` explains every key.
public struct NetworkTrafficShaper: Resource {
    /// The word behind `kind:`.
    public static let kind = "NetworkTrafficShaper"

    /// Names of pods, as other kinds have them.
    public typealias Reference = NetworkConnectivityTest.Reference

    /// Name and labels.
    public var metadata: Metadata
    /// What is shaped, and how long.
    public var spec: Spec

    /// Describes a shaping.
    public init(metadata: Metadata, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// What becomes of a queueing discipline that somebody else gave an interface.
    public enum Foreign: String, Sendable, Hashable, CaseIterable {
        /// It stays, and the interface is not shaped.
        case refuse
        /// It is replaced, and put back afterwards.
        case replace
    }

    /// What is shaped, and how long.
    public struct Spec: Sendable, Equatable {
        /// How long; everything ends by itself then, whoever is still there.
        public var duration: TimeSpan
        /// What is shaped.
        public var targets: [Target]
        /// What becomes of other people's queueing disciplines.
        public var foreign: Foreign
        /// What the local testbed makes.
        public var local: Local
        /// How often.
        public var repetitions: Repetitions
        /// What random choices come from; drawn and recorded by the run when it is absent.
        public var seed: UInt64?

        /// Describes what is shaped.
        public init(
            duration: TimeSpan, targets: [Target], foreign: Foreign = .refuse, local: Local = Local(),
            repetitions: Repetitions = Repetitions(minimum: 1, maximum: 1), seed: UInt64? = nil
        ) {
            self.duration = duration
            self.targets = targets
            self.foreign = foreign
            self.local = local
            self.repetitions = repetitions
            self.seed = seed
        }
    }
}
