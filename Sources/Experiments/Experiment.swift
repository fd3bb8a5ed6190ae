public import Contract
public import LinuxHost
public import Resources
import Statistics
public import Testbed

/// What one kind measures: its variants, the topology they need, and how one trial of a variant is run.
///
/// The coordinator runs experiments without knowing their kinds: it orders the trials, keeps the deadlines and stores
/// what comes back.
public protocol Experiment: Sendable {
    /// What is compared with what.
    var design: Design { get }

    /// Every combination of levels that is measured, in the order of the resource.
    var variants: [Variant] { get }

    /// What the testbed has to hold for all variants, side by side.
    var topology: Topology { get }

    /// How often each variant is measured.
    var repetitions: Repetitions { get }

    /// When the machine is quiet enough for the next trial.
    var settle: Settle { get }

    /// Every metric that a trial may report.
    var metrics: [Metric] { get }

    /// The metrics whose intervals decide when a variant has been repeated often enough.
    var decidingMetrics: [String] { get }

    /// A seed that the resource asks for; nil leaves it to the run.
    var seed: UInt64? { get }

    /// What the experiment itself needs from this machine, such as a measuring program.
    func facts() async -> [String: String]

    /// Programs that are missing and without which nothing can be measured.
    func shortcomings() async -> [Shortcoming]

    /// Why a variant cannot be measured here, or nil; such variants are recorded as skipped.
    func reasonToSkip(_ variant: Variant) async -> String?

    /// The same with the testbed set up, for what has to be tried there.
    func reasonToSkip(_ variant: Variant, on testbed: any Testbed) async -> String?

    /// The most repetitions that say anything about the variant, where they are fewer than the rule's.
    func repetitionLimit(of variant: Variant) -> Int?

    /// What of the kernel the variant needs beside what its topology does; where the host lacks it, the run moves into
    /// a kernel guest, or the variant is skipped.
    func kernelFeatures(of variant: Variant) -> Set<KernelFeature>

    /// How long a trial of the variant should take, for estimates.
    func expectedDuration(of variant: Variant) -> Duration

    /// After how long a trial of the variant is ended.
    func deadline(for variant: Variant) -> Duration

    /// Runs one trial.
    func measure(_ variant: Variant, on testbed: any Testbed) async throws(TrialFailure) -> Measurement
}

extension Experiment {
    /// Nothing has to be tried.
    public func reasonToSkip(_ variant: Variant, on testbed: any Testbed) async -> String? {
        await reasonToSkip(variant)
    }

    /// The rule's.
    public func repetitionLimit(of variant: Variant) -> Int? { nil }

    /// Nothing.
    public func kernelFeatures(of variant: Variant) -> Set<KernelFeature> { [] }

    /// What of the kernel any of the variants needs.
    public var kernelFeatures: Set<KernelFeature> {
        variants.reduce(into: []) { $0.formUnion(kernelFeatures(of: $1)) }
    }
}
