public import Contract
import Quantities
public import Resources
public import Testbed

/// Changes links for a while, all at once, and sees what that does: before, while it holds, and after it was undone.
public struct NetworkTrafficShaperExperiment: Experiment {
    private let plan: ShaperPlan
    private let cells: [Variant: ShaperPlan.Cell]

    /// What is shown beside what.
    public let design: Design
    /// Every link.
    public let variants: [Variant]

    init(_ resource: NetworkTrafficShaper) {
        plan = ShaperPlan(spec: resource.spec)
        cells = Dictionary(plan.cells.map { ($0.variant, $0) }, uniquingKeysWith: { first, _ in first })
        variants = plan.cells.map(\.variant)
        design = plan.design
    }

    /// The pods, and the nodes that they stand on.
    public var topology: Topology { plan.topology }

    /// As the resource says.
    public var repetitions: Repetitions { plan.spec.repetitions }

    /// None: what is done to a link is measured beside what was there before.
    public var settle: Settle {
        Settle(maximumBackground: Ratio(fraction: 1), window: .milliseconds(1), patience: .milliseconds(1))
    }

    /// Those of conditions, which every run has.
    public var metrics: [Metric] { [] }

    /// The median round trip while it holds.
    public var decidingMetrics: [String] { [ConditionMetrics.roundTrip(.during).name] }

    /// As the resource says.
    public var seed: UInt64? { plan.spec.seed }

    /// It is there from when it was proven until it is put back.
    public var isStanding: Bool { true }

    /// What the change needs of the kernel, and the programs that carry it out.
    public func requirements(of variant: Variant) -> [Requirement] {
        guard let target = cells[variant]?.target else { return [] }
        return target.conditions(filters: ShaperPlan.filtersWithoutPeers(target)).flatMap(Requirement.of)
    }

    /// The time that it lasts, and the readings around it.
    public func expectedDuration(of variant: Variant) -> Duration {
        (plan.spec.duration.duration + .seconds(2)) / max(1, variants.count)
    }

    /// All readings before and after it, too.
    public func deadline(for variant: Variant) -> Duration {
        plan.spec.duration.duration + readings * max(1, variants.count) + .seconds(30) + .seconds(6) * variants.count
    }

    private var readings: Duration {
        plan.cells.compactMap { $0.target.conditions().first }
            .map { condition in
                condition.longestStart
                    + (condition.expectedEffect.map { PathWatch.longestReadings(of: $0) } ?? .zero)
            }.max() ?? .zero
    }

    /// All at once.
    public func batch(of variant: Variant) -> String? { "all" }

    /// One link alone.
    public func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        guard let result = await measure(batch: [variant], in: context)[variant] else {
            throw TrialFailure(.failed, "\(variant) is not a variant of this experiment")
        }
        return try result.get()
    }

    /// All links together.
    public func measure(
        batch variants: [Variant], in context: TrialContext
    ) async -> [Variant: Result<Measurement, TrialFailure>] {
        await ShaperTrial(plan: plan, cells: variants.compactMap { cells[$0] }).run(in: context)
    }
}
