import Contract
import Resources
import Testbed

/// Any experiment, with each of its variants measured under each of some conditions.
///
/// The condition is one more factor of the design, so that reports compare and draw within it. The experiment itself knows
/// nothing of conditions: what is asked of it here is asked without that level.
struct ConditionedExperiment: Experiment {
    private let inner: any Experiment
    private let conditions: [String: NamedCondition]
    private let originals: [Variant: Variant]

    let design: Design
    let variants: [Variant]

    /// Every variant of the experiment under every one of the conditions, at least one.
    init(_ inner: any Experiment, _ conditions: [NamedCondition]) {
        self.inner = inner
        self.conditions = Dictionary(conditions.map { ($0.name, $0) }) { first, _ in first }
        var originals: [Variant: Variant] = [:]
        variants = conditions.flatMap { condition in
            inner.variants.map { variant in
                let conditioned = Variant(variant.levels + [Variant.Level(NamedCondition.factor, condition.name)])
                originals[conditioned] = variant
                return conditioned
            }
        }
        self.originals = originals
        var design = inner.design
        design.factors.append(Design.Factor(name: NamedCondition.factor, levels: conditions.map(\.name)))
        self.design = design
    }

    var topology: Topology { inner.topology }
    var repetitions: Repetitions { inner.repetitions }
    var settle: Settle { inner.settle }
    var metrics: [Metric] { inner.metrics }
    var decidingMetrics: [String] { inner.decidingMetrics }
    var seed: UInt64? { inner.seed }
    var isStanding: Bool { inner.isStanding }

    /// What the experiment knows of itself, and each condition in words.
    var facts: [String: String] {
        conditions.values.reduce(into: inner.facts) { $0["condition.\($1.name)"] = $1.words }
    }

    /// What the variant needs, and what its condition needs of the kernel.
    func requirements(of variant: Variant) -> [Requirement] {
        let conditions = condition(of: variant)?.linkConditions ?? []
        return inner.requirements(of: original(variant)) + conditions.flatMap(Requirement.of)
    }

    func obstacle(to variant: Variant, on testbed: any Testbed) async -> String? {
        await inner.obstacle(to: original(variant), on: testbed)
    }

    func repetitionLimit(of variant: Variant) -> Int? { inner.repetitionLimit(of: original(variant)) }

    func expectedDuration(of variant: Variant) -> Duration {
        inner.expectedDuration(of: original(variant)) + .milliseconds(60) * conditions(of: variant).count
    }

    func deadline(for variant: Variant) -> Duration { inner.deadline(for: original(variant)) }

    /// The experiment's batch under this condition; another condition is another turn.
    func batch(of variant: Variant) -> String? {
        inner.batch(of: original(variant)).map { "\($0) \(condition(of: variant)?.name ?? "")" }
    }

    func standIns(on testbed: any Testbed) async throws(TestbedError) -> [PlacedCondition] {
        try await inner.standIns(on: testbed)
    }

    func ends(of variant: Variant) -> (client: Place, server: Place)? { inner.ends(of: original(variant)) }

    /// Those of the experiment, and then the variant's own: links at its ends, processors where its client runs.
    func conditions(of variant: Variant) -> [PlacedCondition] {
        let ends = ends(of: variant)
        return inner.conditions(of: original(variant))
            + (condition(of: variant)?.placed(client: ends?.client, server: ends?.server) ?? [])
    }

    func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        try await inner.measure(original(variant), in: context)
    }

    func measure(
        batch variants: [Variant], in context: TrialContext
    ) async -> [Variant: Result<Measurement, TrialFailure>] {
        let results = await inner.measure(batch: variants.map(original), in: context)
        return variants.reduce(into: [:]) { $0[$1] = results[original($1)] }
    }

    private func original(_ variant: Variant) -> Variant { originals[variant] ?? variant }

    private func condition(of variant: Variant) -> NamedCondition? {
        variant.level(of: NamedCondition.factor).flatMap { conditions[$0] }
    }
}
