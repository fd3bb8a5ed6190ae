import Contract
import Experiments
import Resources
import Results
import TestSupport
import Testbed

@testable import Coordinator

/// A scenario whose steps are measured by experiments of a test's own, by the steps' names, on a stage.
struct ScenarioStage {
    let stage: RunStage
    let plan: ScenarioPlan

    /// A resource that is valid wherever one has to be; what is measured is the test's own.
    static let resource = """
        resource:
              kind: NetworkConnectivityTest
              spec: {layer: 4, source: {name: a}, destinations: [{kind: pod, name: b, port: 80}]}
        """

    static func document(_ spec: String) throws -> ResourceDocument {
        let yaml =
            "apiVersion: networkmachinery.io/v1alpha1\nkind: Scenario\nmetadata: {name: drill, labels: {team: net}}\nspec:\n"
            + spec.replacing("RESOURCE", with: resource).split(separator: "\n").map { "  \($0)\n" }.joined()
        return try ResourceDecoder.decode(yaml: yaml, file: "t.yaml")[0]
    }

    /// The plan of a spec, in which `RESOURCE` stands for a resource that the experiment of the step's name measures.
    static func plan(_ spec: String, _ experiments: [String: StubExperiment]) throws -> ScenarioPlan {
        guard
            let plan = try ScenarioPlan(
                try document(spec), { document in experiments[document.resource.metadata.name] })
        else { preconditionFailure("it is a scenario") }
        return plan
    }

    func run(
        observer: any RunObserver = Silent(),
        on testbed: (any Testbed)? = nil,
        interruption: @escaping @Sendable () async -> String? = RunStage.never
    ) async throws -> RunSummary {
        let bench = try Bench(
            testbed ?? stage.testbed, run: RunStage.runID, lockPath: stage.lockPath, observer: observer)
        return try await ScenarioRun(
            plan: plan, store: stage.store,
            options: RunOptions(labels: ["build": "417"], lockPath: stage.lockPath, toolVersion: "test"),
            observer: observer
        )
        .run(id: RunStage.runID, seed: 5, on: bench, interruption: interruption)
    }

    /// The trials of the scenario's own run by step, in the order in which they were recorded.
    var trials: [TrialRecord] {
        get throws { try stage.store.trials(runID: RunStage.runID).sorted { $0.endedAt < $1.endedAt } }
    }

    /// The outcome of each step's trial.
    var outcomes: [String: TrialOutcome] {
        get throws {
            Dictionary(try trials.map { ($0.factors["step"] ?? "", $0.outcome) }) { first, _ in first }
        }
    }

    /// The findings of the scenario's run by what was expected.
    var findings: [String: Finding] {
        get throws {
            let events = try stage.store.events(runID: RunStage.runID).filter { $0.name == Finding.name }
            return Dictionary(try events.map { try Finding(json: $0.detail) }.map { ($0.check, $0) }) { first, _ in
                first
            }
        }
    }

    /// Whether nothing was found that was not expected.
    var isAsExpected: Bool {
        get throws { try findings.values.allSatisfy { $0.verdict == .passed } }
    }

    /// The runs of the steps.
    var steps: [RunRecord] {
        get throws { try stage.store.runs(matching: RunFilter(parent: RunStage.runID)).reversed() }
    }

    static func with<Value>(
        _ spec: String, _ experiments: [String: StubExperiment], _ body: (ScenarioStage) async throws -> Value
    ) async throws -> Value {
        let plan = try plan(spec, experiments)
        return try await RunStage.with { stage async throws in
            try await body(ScenarioStage(stage: stage, plan: plan))
        }
    }
}
