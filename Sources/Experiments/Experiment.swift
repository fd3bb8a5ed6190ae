public import Contract
public import Resources
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

    /// Whether its trials are something that holds for a while, such as a fault or a watch, and not only a measurement.
    ///
    /// Such a trial says itself when it holds, and can come to a good end at any time (``TrialSignals``).
    var isStanding: Bool { get }

    /// What is known of the experiment itself and decides what it measures, such as how many pods a trial samples.
    var facts: [String: String] { get }

    /// What the variant needs of the testbed beside the topology.
    func requirements(of variant: Variant) -> [Requirement]

    /// Why a variant cannot be measured although all that it requires is there, or nil; it is recorded as skipped.
    ///
    /// The testbed is set up, so that things can be tried there.
    func obstacle(to variant: Variant, on testbed: any Testbed) async -> String?

    /// The most repetitions that say anything about the variant, where they are fewer than the rule's.
    func repetitionLimit(of variant: Variant) -> Int?

    /// How long a trial of the variant should take, for estimates.
    func expectedDuration(of variant: Variant) -> Duration

    /// After how long a trial of the variant is ended.
    func deadline(for variant: Variant) -> Duration

    /// The name of the batch that the variant is measured in; nil is a batch of its own.
    ///
    /// Variants of one batch share a turn in the order of the block, and one measurement.
    func batch(of variant: Variant) -> String?

    /// What is held at places of the testbed from before the first trial until after the last, so that what is measured is
    /// there; the testbed is set up.
    func standIns(on testbed: any Testbed) async throws(TestbedError) -> [PlacedCondition]

    /// Where the client and the server of the variant stand, for conditions between them; nil where there is no such pair.
    func ends(of variant: Variant) -> (client: Place, server: Place)?

    /// What is changed at which places while the variant is measured.
    func conditions(of variant: Variant) -> [PlacedCondition]

    /// Runs one trial.
    func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement

    /// Runs one trial of each variant of a batch, all at once; one that is missing in the answer has failed.
    func measure(
        batch variants: [Variant], in context: TrialContext
    ) async -> [Variant: Result<Measurement, TrialFailure>]
}

extension Experiment {
    /// The default: it only measures.
    public var isStanding: Bool { false }

    /// The default: no facts.
    public var facts: [String: String] { [:] }

    /// The default: nothing beside the topology.
    public func requirements(of variant: Variant) -> [Requirement] { [] }

    /// The default: every variant can be measured.
    public func obstacle(to variant: Variant, on testbed: any Testbed) async -> String? { nil }

    /// The default: as many as the resource's rule says.
    public func repetitionLimit(of variant: Variant) -> Int? { nil }

    /// The default: each variant is measured alone.
    public func batch(of variant: Variant) -> String? { nil }

    /// The default: nothing.
    public func standIns(on testbed: any Testbed) async throws(TestbedError) -> [PlacedCondition] { [] }

    /// The default: the surroundings stay as they are.
    public func conditions(of variant: Variant) -> [PlacedCondition] { [] }

    /// None.
    public func ends(of variant: Variant) -> (client: Place, server: Place)? { nil }

    /// The default: the variants one after the other.
    public func measure(
        batch variants: [Variant], in context: TrialContext
    ) async -> [Variant: Result<Measurement, TrialFailure>] {
        var results: [Variant: Result<Measurement, TrialFailure>] = [:]
        for variant in variants {
            do throws(TrialFailure) {
                results[variant] = .success(try await measure(variant, in: context))
            } catch {
                results[variant] = .failure(error)
            }
        }
        return results
    }

    /// What any of the variants requires, each once.
    public var requirements: Set<Requirement> {
        variants.reduce(into: []) { $0.formUnion(requirements(of: $1)) }
    }
}
