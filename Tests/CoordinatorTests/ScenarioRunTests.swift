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

@Suite("A scenario, from resource to stored results")
struct ScenarioRunTests {
    @Test("steps are runs of their own, in order, on one testbed, and the scenario has a trial and findings for each")
    func steps() async throws {
        let spec = """
            steps:
            - name: before
              RESOURCE
            - name: after
              RESOURCE
              expect:
              - latency_p50.median > before.latency_p50.median
              - latency_p50.median < 1 us
              - before.latency_p50.count == 2 and outcome == "completed"
              - verdict(before.latency_p50, latency_p50) == "inconclusive"
            """
        try await ScenarioStage.with(
            spec, ["before": StubExperiment.steady(0.001), "after": StubExperiment.steady(0.002)]
        ) { scenario in
            let summary = try await scenario.run()
            #expect(summary.completed == 2 && summary.failed == 0 && summary.interruption == nil)
            let run = try scenario.stage.store.run(RunStage.runID)
            #expect(run.kind == "Scenario" && run.outcome == .completed)
            #expect(run.labels == ["team": "net", "build": "417"])
            let steps = try scenario.steps
            #expect(steps.map(\.name) == ["before", "after"])
            #expect(steps.map(\.parent) == ["before", "after"].map { RunParent(id: RunStage.runID, step: $0) })
            #expect(steps.allSatisfy { $0.outcome == .completed && $0.labels["build"] == "417" })
            #expect(Set(steps.map(\.seed)).count == 2)
            #expect(try scenario.stage.store.trials(runID: steps[0].id).count == 2)
            #expect(scenario.stage.testbed.calls == ["setUp", "tearDown"])
            #expect(try scenario.trials.map { $0.factors } == [["step": "before"], ["step": "after"]])
            let findings = try scenario.findings
            #expect(findings.count == 4)
            #expect(findings.values.filter { $0.verdict == .passed }.count == 3)
            let failed = try #require(findings["latency_p50.median < 1 us"])
            #expect(failed.verdict == .failed && failed.found == "after.latency_p50.median is 2ms")
            let runs = try scenario.stage.store.events(runID: RunStage.runID).filter { $0.name == "step run" }
            #expect(runs.map(\.detail) == steps.map(\.id))
        }
    }

    @Test("a step that fails is named, those after it are skipped, and the last ones are run all the same")
    func failure() async throws {
        let spec = """
            steps:
            - name: first
              RESOURCE
              expect: [latency_p50.median > 1ms, not (latency_p50.median > 1ms), latency_p50.median < 1ms or true]
            - name: second
              RESOURCE
            finally:
            - name: last
              RESOURCE
            """
        let experiments = [
            "first": StubExperiment.failing(), "second": StubExperiment.steady(1), "last": StubExperiment.steady(1),
        ]
        try await ScenarioStage.with(spec, experiments) { scenario in
            let listener = Listener()
            let summary = try await scenario.run(observer: listener)
            #expect(summary.failures == ["failed": 1, "skipped": 1] && summary.completed == 1)
            #expect(try scenario.outcomes == ["first": .failed, "second": .skipped, "last": .completed])
            let reasons = try scenario.trials.compactMap(\.reason)
            #expect(reasons[0] == "1 of 1 trials of first have no result: no answer")
            #expect(reasons[1] == "the step first before it did not complete")
            #expect(try scenario.stage.store.run(RunStage.runID).outcome == .trialsFailed)
            // What was never measured is an error, and true in no sentence.
            let findings = try scenario.findings
            #expect(findings.count == 3)
            for finding in findings.values {
                #expect(finding.verdict == .failed && finding.found == "not known")
                #expect(finding.detail.contains("it was never measured"))
            }
        }
    }

    @Test("who expects trials to fail is content when they do")
    func expectedFailure() async throws {
        let spec = """
            steps:
            - name: broken
              RESOURCE
              expect: [outcome == "trialsFailed", 'trials.count(outcome: "failed") == 1']
            - name: after
              RESOURCE
            """
        try await ScenarioStage.with(spec, ["broken": StubExperiment.failing(), "after": StubExperiment.steady(1)]) {
            scenario in
            let summary = try await scenario.run()
            #expect(summary.failed == 0)
            let isAsExpected = try scenario.isAsExpected
            #expect(isAsExpected)
        }
    }

    @Test("cells come in random order in each block, every step with its levels")
    func matrix() async throws {
        let spec = """
            matrix: {load: [1, 2, 3, 4]}
            repeat: 3
            steps:
            - name: one
              RESOURCE
              expect: [matrix.load < 5]
            - name: two
              RESOURCE
            """
        try await ScenarioStage.with(spec, ["one": StubExperiment.steady(1), "two": StubExperiment.steady(2)]) {
            scenario in
            let summary = try await scenario.run()
            #expect(summary.completed == 24)
            let trials = try scenario.trials
            for block in 1...3 {
                let ones = trials.filter { $0.block == block && $0.factors["step"] == "one" }.compactMap {
                    $0.factors["load"]
                }
                #expect(ones.sorted() == ["1", "2", "3", "4"])
                let twos = trials.filter { $0.block == block && $0.factors["step"] == "two" }.compactMap {
                    $0.factors["load"]
                }
                #expect(ones == twos)
                #expect(ones == scenario.plan.order(ofBlock: block, seed: 5).map { "\($0 + 1)" })
            }
            #expect(Set((1...3).map { scenario.plan.order(ofBlock: $0, seed: 5) }).count > 1)
            let seeds = Set(try scenario.steps.map(\.seed))
            #expect(seeds.count == 24)
            let labelled = try scenario.steps.filter { $0.labels["load"] == "3" && $0.labels["block"] == "2" }
            #expect(labelled.count == 2)
        }
    }

    @Test("an interruption ends the step that runs, runs the last ones, and takes everything down")
    func interruption() async throws {
        let spec = """
            steps:
            - name: long
              RESOURCE
            - name: never
              RESOURCE
            finally:
            - name: last
              RESOURCE
            """
        let started = EndSignal()
        let endless = StubExperiment(
            networks: ["bridge"], repetitions: Repetitions(minimum: 1_000, maximum: 1_000),
            observe: { _, _ in started.give("x") }
        ) { _, _ throws(TrialFailure) in
            try? await Task.sleep(for: .milliseconds(5))
            return Measurement.measured(1)
        }
        try await ScenarioStage.with(
            spec, ["long": endless, "never": StubExperiment.steady(1), "last": StubExperiment.steady(1)]
        ) {
            scenario in
            let summary = try await scenario.run {
                _ = await started.wait()
                return "SIGINT"
            }
            #expect(summary.interruption == "SIGINT")
            #expect(try scenario.stage.store.run(RunStage.runID).outcome == .interrupted)
            #expect(try scenario.outcomes == ["last": .completed])
            #expect(try scenario.steps.map(\.outcome) == [.interrupted, .completed])
            #expect(scenario.stage.testbed.calls == ["setUp", "tearDown"])
        }
    }

    @Test("an error of the set-up is the run's, and no step is recorded")
    func setUpFails() async throws {
        let error = TestbedError(operation: "make", object: "a namespace", cause: "no")
        let plan = try ScenarioStage.plan("steps:\n- name: a\n  RESOURCE", ["a": StubExperiment.steady(1)])
        try await RunStage.with(ScriptedTestbed(setUpError: error)) { stage async throws in
            let scenario = ScenarioStage(stage: stage, plan: plan)
            await #expect(throws: RunError.setUpFailed(error)) { try await scenario.run() }
            #expect(try scenario.trials.isEmpty && scenario.stage.store.run(RunStage.runID).outcome == .failed)
        }
    }

    @Test(
        "what a watch found is one finding with its place, whether somebody expected it or not; what is absent has another kind"
    )
    func watchFindings() async throws {
        func event(_ finding: Finding) throws -> Experiments.Measurement.Event {
            .init(name: Finding.name, detail: try finding.json())
        }
        let events = [
            try event(Finding(check: "loss", expected: "loss at a", found: "loss at a", verdict: .passed, place: "a")),
            try event(
                Finding(check: "mtu", expected: "nothing wrong", found: "mtu at b", verdict: .failed, place: "b")),
            try event(Finding(check: "absent", expected: "loss at c", found: "nothing there", verdict: .failed)),
        ]
        let watch = StubExperiment(networks: ["bridge"], repetitions: Repetitions(minimum: 1, maximum: 1)) { _, _ in
            Experiments.Measurement(
                events: events,
                spans: [
                    Span(role: .finding, name: "loss", place: "a", start: 1, end: 2),
                    Span(role: .finding, name: "loss", place: "a", start: 3, end: nil),
                    Span(role: .finding, name: "mtu", place: "b", start: 1, end: nil),
                    Span(role: .condition, name: "loss", place: "a", start: 1, end: nil),
                ])
        }
        let spec = """
            steps:
            - name: watch
              RESOURCE
              expect:
              - findings.count() == 4
              - findings.count(kind="loss") == 2
              - findings.count(kind="loss", place="a", verdict="passed") == 2
              - findings.count(kind="mtu", place="b", verdict="failed") == 1
              - findings.count(kind="absent") == 1
            """
        try await ScenarioStage.with(spec, ["watch": watch]) { scenario in
            _ = try await scenario.run()
            let (isAsExpected, findings) = (try scenario.isAsExpected, try scenario.findings)
            #expect(isAsExpected && findings.count == 5, "\(findings)")
        }
    }

    @Test("findings of a step that are not as expected are the scenario's, unless somebody judges them")
    func findings() async throws {
        let finding = try Finding(check: "tcp", expected: "reached", found: "timed out", verdict: .failed).json()
        let quick = StubExperiment(networks: ["bridge"], repetitions: Repetitions(minimum: 2, maximum: 2)) { _, _ in
            Measurement(events: [.init(name: Finding.name, detail: finding)])
        }
        let spec = """
            steps:
            - name: one
              RESOURCE
            - name: two
              RESOURCE
              expect: ['findings.count(kind: "tcp", network: "bridge") == 2', 'findings.count(kind: "udp") == 0']
            - name: three
              expect: ['one.findings.count(verdict: "failed", source: "a") == 2']
            """
        try await ScenarioStage.with(spec, ["one": quick, "two": quick]) { scenario in
            _ = try await scenario.run()
            let findings = try scenario.findings
            #expect(findings["findings"]?.verdict == .failed)
            #expect(findings["findings"]?.found == "2 of 2 are not")
            #expect(findings.values.filter { $0.verdict == .passed }.count == 2)
            let unknown = findings.values.first { $0.check.contains("source") }
            #expect(unknown?.verdict == .failed)
            #expect(
                unknown?.detail
                    == "at character 5: nothing there has a source; there is expected, found, kind, network, place, verdict"
            )
        }
    }
}
