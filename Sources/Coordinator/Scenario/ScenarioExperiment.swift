public import Contract
public import Experiments
import KernelGuest
import Quantities
public import Resources
public import Testbed

/// A scenario as far as it is one experiment: its steps in each cell as variants, with what they need and how long they
/// take.
///
/// It stands for the scenario wherever a run is prepared: what is missing, which kernel, how long. Its steps are not its
/// trials, and it measures nothing: ``ScenarioRun`` runs them.
public struct ScenarioExperiment: Experiment {
    /// What is run.
    public let plan: ScenarioPlan
    /// A variant for each step of each cell, in the order of the resource.
    public let variants: [Variant]
    private let experiments: [Variant: any Experiment]
    /// Steps that end when the others have.
    private let background: Set<Variant>

    /// The experiment of a plan.
    public init(_ plan: ScenarioPlan) {
        self.plan = plan
        var variants: [Variant] = []
        var experiments: [Variant: any Experiment] = [:]
        var background: Set<Variant> = []
        let names = Set(plan.scenario.spec.background.map(\.name))
        for (index, cell) in plan.cells.enumerated() {
            for step in plan.scenario.spec.steps {
                let variant = plan.variant(of: step.name, in: cell)
                variants.append(variant)
                if names.contains(step.name) { background.insert(variant) }
                experiments[variant] = plan.experiment(of: step, cell: index)
            }
        }
        self.variants = variants
        self.experiments = experiments
        self.background = background
    }

    /// The steps and the matrix as factors; nothing is compared.
    public var design: Design {
        let matrix = plan.scenario.spec.matrix
        let steps = Design.Factor(name: ScenarioPlan.factor, levels: plan.scenario.spec.steps.map(\.name))
        return Design(
            comparedFactor: nil,
            factors: [steps] + matrix.map { Design.Factor(name: $0.name, levels: $0.levels.map(\.text)) },
            matrix: matrix.first.map { Design.Matrix(rows: steps.name, columns: $0.name) })
    }

    /// That of all steps.
    public var topology: Topology { plan.topology }

    /// The blocks of the scenario.
    public var repetitions: Repetitions {
        Repetitions(minimum: plan.scenario.spec.blocks, maximum: plan.scenario.spec.blocks)
    }

    /// The least there is: steps have gates of their own.
    public var settle: Settle { Settle(window: .milliseconds(10), patience: .milliseconds(10)) }

    /// None: what was measured is in the runs of the steps.
    public var metrics: [Metric] { [] }

    /// None.
    public var decidingMetrics: [String] { [] }

    /// That of the resource.
    public var seed: UInt64? { plan.scenario.spec.seed }

    /// Those of all steps.
    public var facts: [String: String] {
        plan.all.reduce(into: [:]) { facts, experiment in facts.merge(experiment.facts) { first, _ in first } }
    }

    /// Everything that a step needs in any of its variants.
    public func requirements(of variant: Variant) -> [Requirement] {
        Array(experiments[variant]?.requirements ?? [])
    }

    /// The least number of blocks of a step, and a look at every place behind it.
    public func expectedDuration(of variant: Variant) -> Duration {
        guard let experiment = experiments[variant] else { return .zero }
        // What goes on in the background ends with the others.
        guard !background.contains(variant) else { return LeftoverGate.expectedDuration(plan.topology) }
        return RunPlan(experiment, seed: 0).minimumDuration + LeftoverGate.expectedDuration(plan.topology)
    }

    /// As long as a step takes when each of its trials comes to its deadline.
    public func deadline(for variant: Variant) -> Duration {
        experiments[variant].map { GuestPlan.limits(for: $0).total } ?? .zero
    }

    /// The steps of a block in the order in which they are run: cells in random order, the steps of each as they stand.
    public func order(ofBlock block: Int, seed: UInt64) -> [String] {
        plan.order(ofBlock: block, seed: seed).flatMap { cell in
            plan.scenario.spec.steps.map { plan.variant(of: $0.name, in: plan.cells[cell]).key }
        }
    }

    /// Nothing can be measured by it.
    public func measure(_ variant: Variant, in context: TrialContext) async throws(TrialFailure) -> Measurement {
        throw TrialFailure(.skipped, "a scenario measures by its steps")
    }
}
