public import Contract
public import Experiments
public import KernelGuest
import LinuxHost
import Quantities
import Resources

/// What a run in a kernel guest consists of.
public struct GuestPlan: Sendable {
    /// The run's id, which the program inside is told.
    public var runID: String
    /// The guest's private directory; everything of it on the host.
    public var directory: String
    /// What the guest is made of.
    public var parts: GuestParts
    /// What is run in it.
    public var request: GuestRequest
    /// How long it may take.
    public var limits: GuestLimits
    /// Where the lock that keeps runs apart lies.
    public var lockPath: String

    /// A plan.
    public init(
        runID: String,
        directory: String,
        parts: GuestParts,
        request: GuestRequest,
        limits: GuestLimits,
        lockPath: String = RunOptions.defaultLockPath
    ) {
        self.runID = runID
        self.directory = directory
        self.parts = parts
        self.request = request
        self.limits = limits
        self.lockPath = lockPath
    }

    /// The modules for features, as far as the guest's kernel has them.
    public static func modules(for features: some Sequence<KernelFeature>, of parts: GuestParts) -> [String] {
        parts.image.having(Set(features).map(\.module).sorted())
    }

    /// The most that a run can take when every trial comes to its deadline, with a quarter of an hour for set-up and
    /// removal.
    public static func limits(for experiment: any Experiment) -> GuestLimits {
        let block = experiment.variants.reduce(Duration.zero) { sum, variant in
            sum + experiment.deadline(for: variant) + experiment.settle.window.duration
                + experiment.settle.patience.duration
                + GracePeriods.turn
        }
        return GuestLimits(total: block * experiment.repetitions.maximum + .seconds(900))
    }
}
