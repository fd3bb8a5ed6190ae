public import Experiments
public import Results

/// What a person can choose about a run beside its resource.
public struct RunOptions: Sendable, Equatable {
    /// Where the lock lies unless it is asked for elsewhere; all runs on a machine must agree on it.
    public static let defaultLockPath = "/run/netmachinery.lock"

    /// The seed of every random choice; nil takes the resource's or draws one.
    public var seed: UInt64?
    /// Labels to find the run by.
    public var labels: [String: String]
    /// The run that this one is a step of.
    public var parent: RunParent?
    /// Where the lock that keeps runs apart lies.
    public var lockPath: String
    /// The version of the program, as it is kept with the run.
    public var toolVersion: String

    /// Options with their defaults.
    public init(
        seed: UInt64? = nil,
        labels: [String: String] = [:],
        parent: RunParent? = nil,
        lockPath: String = defaultLockPath,
        toolVersion: String
    ) {
        self.seed = seed
        self.labels = labels
        self.parent = parent
        self.lockPath = lockPath
        self.toolVersion = toolVersion
    }

    /// The seed of a run: asked for here, in the resource, or drawn.
    public func seed(of experiment: any Experiment) -> UInt64 {
        seed ?? experiment.seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
    }
}
