import Contract
import Experiments
import Foundation
import Resources
import Results
import Synchronization
import TestSupport
import Testbed
import Testing

@testable import Coordinator

@Suite("Steps of a scenario that hold while others are measured")
struct ScenarioHoldingTests {
    @Test(
        "what goes on in the background holds before the steps begin, is stopped when they are through, and can be judged"
    )
    func background() async throws {
        let spec = """
            background:
            - name: load
              RESOURCE
              expect: [latency_p50.count >= 1, outcome == "completed", main.latency_p50.count == 2]
            steps:
            - parallel:
              - name: main
                while: [load]
                after: {load: holding}
                RESOURCE
              - name: side
                after: {main: started}
                RESOURCE
            """
        // As long as several trials of the load take.
        let main = StubExperiment(networks: ["bridge"], repetitions: Repetitions(minimum: 2, maximum: 2)) {
            _, _ throws(TrialFailure) in
            try? await Task.sleep(for: .milliseconds(50))
            return Measurement.measured(1)
        }
        let experiments = ["load": StubExperiment.endless(), "main": main, "side": StubExperiment.steady(1)]
        try await ScenarioStage.with(spec, experiments) { scenario in
            let summary = try await scenario.run()
            #expect(summary.completed == 3 && summary.failed == 0)
            let (isAsExpected, findings) = (try scenario.isAsExpected, try scenario.findings)
            #expect(isAsExpected, "\(findings)")
            #expect(try scenario.findings.count == 3)
            let steps = Dictionary(try scenario.steps.map { ($0.name, $0) }) { first, _ in first }
            let (load, main) = (try #require(steps["load"]), try #require(steps["main"]))
            #expect(load.outcome == .completed && load.startedAt < main.startedAt)
            #expect(try #require(load.endedAt) >= (try #require(main.endedAt)))
        }
    }

    @Test("a step that is measured while another holds is invalid when that ends too early, with both names")
    func whileItHolds() async throws {
        let spec = """
            background:
            - name: load
              RESOURCE
            steps:
            - name: main
              while: [load]
              RESOURCE
            """
        let experiments = ["load": StubExperiment.steady(1, repetitions: 3), "main": StubExperiment.endless()]
        try await ScenarioStage.with(spec, experiments) { scenario in
            _ = try await scenario.run()
            #expect(try scenario.outcomes["main"] != .completed)
            let reason = try scenario.trials.first { $0.factors["step"] == "main" }?.reason
            #expect(reason?.contains("load") == true && reason?.contains("main") == true)
        }
    }

    @Test("what stands holds when it says so, is asked to end when all others have, and keeps what it has until then")
    func standing() async throws {
        let spec = """
            background:
            - name: watch
              RESOURCE
              expect: [latency_p50.count == 1, outcome == "completed"]
            steps:
            - name: main
              while: [watch]
              RESOURCE
            """
        let began = Mutex<[String]>([])
        let watch = StubExperiment { context in
            try? await Task.sleep(for: .milliseconds(30))
            began.withLock { $0.append("watch") }
            context.signals.holds()
            let word = await context.signals.earlyEnd.wait()
            return word == nil ? Measurement() : .measured(1)
        }
        let main = StubExperiment(
            networks: ["bridge"], repetitions: Repetitions(minimum: 1, maximum: 1),
            observe: { _, _ in began.withLock { $0.append("main") } }
        ) { _, _ in .measured(2) }
        try await ScenarioStage.with(spec, ["watch": watch, "main": main]) { scenario in
            let summary = try await scenario.run()
            #expect(summary.completed == 2 && summary.failed == 0)
            #expect(began.withLock { $0 } == ["watch", "main"])
            let (isAsExpected, findings) = (try scenario.isAsExpected, try scenario.findings)
            #expect(isAsExpected && findings.count == 2, "\(findings)")
        }
    }

    @Test("what never holds keeps those that wait for it from beginning, and what ceases makes them invalid")
    func ceasing() async throws {
        let spec = """
            steps:
            - parallel:
              - name: fault
                RESOURCE
              - name: under
                while: [fault]
                RESOURCE
            """
        let never = StubExperiment { _ in .measured(1) }
        try await ScenarioStage.with(spec, ["fault": never, "under": StubExperiment.steady(1)]) { scenario in
            _ = try await scenario.run()
            #expect(try scenario.outcomes["under"] == .skipped)
            let reason = try scenario.trials.first { $0.factors["step"] == "under" }?.reason
            #expect(reason == "fault never was holding, which under waited for")
        }
        // It is put back and still read: what is measured then is not measured under it.
        let over = EndSignal()
        let brief = StubExperiment { context in
            context.signals.holds()
            try? await Task.sleep(for: .milliseconds(50))
            context.signals.ceases()
            _ = await over.wait()
            return .measured(1)
        }
        let long = StubExperiment(
            networks: ["bridge"], repetitions: Repetitions(minimum: 1, maximum: 1)
        ) { _, _ throws(TrialFailure) in
            try? await Task.sleep(for: .seconds(60))
            over.give("the other was cancelled")
            return .measured(1)
        }
        try await ScenarioStage.with(spec, ["fault": brief, "under": long]) { scenario in
            _ = try await scenario.run()
            #expect(try scenario.outcomes == ["fault": .completed, "under": .invalid])
        }
    }
}
