public import LinuxHost

/// What a person can choose about a run beside its resource.
public struct RunOptions: Sendable, Equatable {
    /// Where the lock lies unless it is asked for elsewhere; all runs on a machine must agree on it.
    public static let defaultLockPath = "/run/netmachinery.lock"

    /// The seed of every random choice; nil takes the resource's or draws one.
    public var seed: UInt64?
    /// Labels to find the run by.
    public var labels: [String: String]
    /// Where the lock that keeps runs apart lies.
    public var lockPath: String
    /// What the kernel lacks, with words for the trials that are skipped because of it.
    public var lacking: [KernelFeature: String]
    /// The version of the program, as it is kept with the run.
    public var toolVersion: String

    /// Options with their defaults.
    public init(
        seed: UInt64? = nil,
        labels: [String: String] = [:],
        lockPath: String = defaultLockPath,
        lacking: [KernelFeature: String] = [:],
        toolVersion: String
    ) {
        self.seed = seed
        self.labels = labels
        self.lockPath = lockPath
        self.lacking = lacking
        self.toolVersion = toolVersion
    }
}
