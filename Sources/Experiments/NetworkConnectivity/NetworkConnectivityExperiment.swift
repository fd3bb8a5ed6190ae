public import Contract
import Quantities
public import Resources
public import Testbed

/// What can be reached from where: every source with every destination, and what was expected of each.
///
/// One agent at each source does all of its checks, so that many pairs are few turns.
public struct NetworkConnectivityExperiment: Experiment {
    private let plan: NetworkConnectivityPlan
    private let cells: [Variant: NetworkConnectivityPlan.Cell]
    private let batchSizes: [String: Int]
    private let neighbours: Int

    /// What is shown against what.
    public let design: Design
    /// Every source with every destination and check.
    public let variants: [Variant]

    init(_ resource: NetworkConnectivityTest) {
        plan = NetworkConnectivityPlan(spec: resource.spec)
        cells = Dictionary(plan.cells.map { ($0.variant, $0) }, uniquingKeysWith: { first, _ in first })
        batchSizes = plan.cells.reduce(into: [:]) { $0[$1.batch, default: 0] += 1 }
        neighbours = plan.layout.neighbours
        variants = plan.cells.map(\.variant)
        design = plan.design
    }

    /// The pods that are named, by turns on the nodes.
    public var topology: Topology { plan.topology }

    /// As the resource says.
    public var repetitions: Repetitions { plan.spec.repetitions }

    /// None: whether something is reached is no matter of a quiet machine.
    public var settle: Settle {
        Settle(
            maximumBackground: Ratio(fraction: 1), window: .milliseconds(1), patience: .milliseconds(1))
    }

    /// What was reached, how fast, and what was lost.
    public var metrics: [Metric] { ReachMetrics.all }

    /// The median time to the answer.
    public var decidingMetrics: [String] { [ReachMetrics.rttP50.name] }

    /// As the resource says.
    public var seed: UInt64? { plan.spec.seed }

    /// Room for the neighbours, and what makes requests and services, where there are some.
    public func requirements(of variant: Variant) -> [Requirement] {
        var needs = [Need.neighbours(neighbours)]
        if cells[variant]?.method.isFetch == true { needs.append(.http) }
        if !plan.layout.services.isEmpty { needs.append(.serviceProxy(plan.spec.local.proxy)) }
        return needs.map { Requirement($0, isEssential: true) }
    }

    /// A share of what its agent needs.
    public func expectedDuration(of variant: Variant) -> Duration {
        let size = cells[variant].flatMap { batchSizes[$0.batch] } ?? 1
        return (.milliseconds(40) + plan.spec.interval.duration * plan.spec.count) / size
    }

    /// All attempts of all checks of the source, lost ones included.
    public func deadline(for variant: Variant) -> Duration {
        plan.deadline(ofChecks: cells[variant].flatMap { batchSizes[$0.batch] } ?? 1)
    }

    /// One for each source, and more where an agent cannot take all.
    public func batch(of variant: Variant) -> String? { cells[variant]?.batch }

    /// Listeners, services, blocks and addresses outside.
    public func standIns(on testbed: any Testbed) async throws(TestbedError) -> [PlacedCondition] {
        try await ConnectivityStandIns(plan: plan).make(on: testbed)
    }

    /// One check alone.
    public func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        guard let result = await measure(batch: [variant], in: context)[variant] else {
            throw TrialFailure(.failed, "\(variant) is not a variant of this experiment")
        }
        return try result.get()
    }

    /// One agent does all checks of a source.
    public func measure(
        batch variants: [Variant], in context: TrialContext
    ) async -> [Variant: Result<Measurement, TrialFailure>] {
        await ReachTrial(plan: plan, cells: variants.compactMap { cells[$0] }).run(in: context)
    }
}
