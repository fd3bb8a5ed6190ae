import Contract
import Foundation
import Glibc
import Processes
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("A Scenario")
    struct Scenarios {
        /// A scenario whose steps measure connections between two pods.
        private static func yaml(_ spec: String) -> String {
            let lines = spec.replacing("RESOURCE", with: resource).split(separator: "\n").map { "  \($0)\n" }.joined()
            return "apiVersion: networkmachinery.io/v1alpha1\nkind: Scenario\nmetadata: {name: drill}\nspec:\n" + lines
        }

        private static let resource = """
            resource:
                        kind: CNIPerformance
                        spec:
                          networks: [{name: bridge, preset: bridge}]
                          paths: [same-node]
                          tests: [\(Scenario.roundTrip)]
                          repetitions: {minimum: 2, maximum: 2}
                          settle: {maximumBackground: 100%, window: 10ms, patience: 10ms}
            """

        private func findings(_ bench: Workbench) throws -> [Finding] {
            try bench.store().events(runID: try bench.lastRun().id).filter { $0.name == Finding.name }
                .map { try Finding(json: $0.detail) }
        }

        @Test(
            "the policy check: what has to be kept apart is, and what has to get through does, before and after as well"
        )
        func policyCheck() async throws {
            try await Workbench.with("policycheck") { bench in
                let result = try await bench.startRun(ShippedScenario.path("policy-check.yaml")).end(
                    within: .seconds(180))
                #expect(result.exitCode == 0, "\(result.standardError)\n\(result.standardOutput)")
                let store = try bench.store()
                let run = try bench.lastRun()
                #expect(run.kind == "Scenario" && run.outcome == .completed)
                let steps = try store.runs(matching: RunFilter(parent: run.id))
                #expect(steps.count == 6 && steps.allSatisfy { $0.outcome == .completed })
                #expect(Set(steps.compactMap { $0.parent?.step }) == ["open", "enforced", "lifted"])
                let found = try findings(bench)
                #expect(found.count >= 18 && found.allSatisfy { $0.verdict == .passed })
                #expect(try store.ledgerEntries().isEmpty)
                // The rules were there: in the steps themselves not everything was as connections without a policy are.
                let enforced = try #require(
                    steps.first { $0.parent?.step == "enforced" && $0.labels["action"] == "reject" })
                let words = try store.events(runID: enforced.id).filter { $0.name == Finding.name }
                    .map { try Finding(json: $0.detail).found }
                #expect(words.count { $0 == "refused" } == 5 && words.count { $0 == "reached" } == 4, "\(words)")
            }
        }

        @Test("the detector drill: each watch finds what was broken where it was, and it is whole again afterwards")
        func detectorDrill() async throws {
            try await Workbench.with("detectordrill") { bench in
                let result = try await bench.startRun(ShippedScenario.path("detector-drill.yaml")).end(
                    within: .seconds(180))
                #expect(result.exitCode == 0, "\(result.standardError)\n\(result.standardOutput)")
                let run = try bench.lastRun()
                #expect(run.outcome == .completed)
                let steps = try bench.store().runs(matching: RunFilter(parent: run.id)).reversed()
                let names: Set = ["calm", "unplugged", "unplug", "narrowed", "narrow", "crowded", "crowd"]
                #expect(Set(steps.map(\.name)) == names)
                let found = try findings(bench)
                #expect(found.count == 12 && found.allSatisfy { $0.verdict == .passed }, "\(found)")
                #expect(try bench.store().ledgerEntries().isEmpty)
            }
        }

        @Test("what is not as expected ends the scenario with 1, in words, in JUnit, and with the step's name")
        func unmet() async throws {
            try await Workbench.with("unmet") { bench in
                let file = try bench.write(
                    Self.yaml(
                        """
                        steps:
                        - name: measure
                          RESOURCE
                          expect: [latency_p50.median < 1ns, latency_p50.median > 1ns, latency.count > 1]
                        """),
                    to: "scenario.yaml")
                let result = try await bench.startRun(file).end(within: .seconds(60))
                #expect(result.exitCode == 1, "\(result.standardError)")
                #expect(result.standardOutput.contains("latency_p50.median < 1ns"))
                #expect(result.standardOutput.contains("measure.latency_p50.median is"))
                let report = try await bench.run(
                    ["report", "latest", "--format", "junit", "--database", bench.database])
                #expect(report.standardOutput.contains(#"tests="1" failures="1""#), "\(report.standardOutput)")
                #expect(
                    report.standardOutput.contains("expected latency_p50.median &lt; 1ns, found measure.latency_p50"))
                let bad = try await bench.run([
                    "validate",
                    try bench.write(
                        Self.yaml(
                            "steps:\n- name: measure\n  RESOURCE\n  expect: [throughput.median > 1Gbit, reached.mean == 1]"
                        ),
                        to: "bad.yaml"),
                ])
                #expect(bad.exitCode == 2)
                #expect(bad.standardError.contains("the step measure measures no reached"), "\(bad.standardError)")
            }
        }

        @Test("what a step leaves on a place is seen between the steps, and fails it by name")
        func leftover() async throws {
            try await Workbench.with("leftover") { bench in
                let real = try #require(Programs.find("iperf3"))
                // The client runs in its pod, and leaves a route there that nobody asked for.
                let script = """
                    #!/bin/sh
                    case " $* " in
                    *" -c "*|*" --client "*) ip route add blackhole 203.0.113.0/24 2>/dev/null ;;
                    esac
                    exec \(real) "$@"

                    """
                let fake = try bench.write(script, to: "bin/iperf3", executable: true)
                let directory = URL(fileURLWithPath: fake).deletingLastPathComponent().path
                let path = "\(directory):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
                let stream = Self.resource.replacing(Scenario.roundTrip, with: Scenario.stream)
                    .replacing("minimum: 2, maximum: 2", with: "minimum: 1, maximum: 1")
                let file = try bench.write(
                    Self.yaml(
                        """
                        steps:
                        - name: clean
                          RESOURCE
                        - name: dirty
                          STREAM
                        - name: after
                          RESOURCE
                        """.replacing("STREAM", with: stream)),
                    to: "scenario.yaml")
                let result = try await bench.startRun(file, environment: ["PATH": path]).end(within: .seconds(60))
                #expect(result.exitCode == 4, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                let outcomes = Dictionary(trials.map { ($0.factors["step"] ?? "", $0.outcome) }) { first, _ in first }
                #expect(
                    outcomes == ["clean": .completed, "dirty": .invalid, "after": .skipped], "\(result.standardError)")
                let reason = try #require(trials.first { $0.outcome == .invalid }?.reason)
                #expect(reason.hasPrefix("the step dirty left the testbed other than it was: "), "\(reason)")
                #expect(reason.contains("route blackhole 203.0.113.0/24"), "\(reason)")
            }
        }

        @Test("an interruption runs the last steps, and leaves nothing")
        func interruption() async throws {
            try await Workbench.with("scenariosignal") { bench in
                let long = Self.resource.replacing("minimum: 2, maximum: 2", with: "minimum: 900, maximum: 900")
                let file = try bench.write(
                    Self.yaml(
                        "steps:\n- name: long\n  LONG\n- name: never\n  RESOURCE\nfinally:\n- name: last\n  RESOURCE"
                            .replacing("LONG", with: long)),
                    to: "scenario.yaml")
                let run = try bench.startRun(file)
                #expect(await run.says("trial 3 of"))
                run.signal(SIGINT)
                let result = try await run.end(within: .seconds(60))
                #expect(result.exitCode == 130, "\(result.standardError)")
                let store = try bench.store()
                let scenario = try bench.lastRun()
                #expect(scenario.outcome == .interrupted)
                let steps = try store.runs(matching: RunFilter(parent: scenario.id)).reversed()
                #expect(steps.map(\.name) == ["long", "last"])
                #expect(steps.map(\.outcome) == [.interrupted, .completed])
                #expect(try store.ledgerEntries().isEmpty)
            }
        }

        @Test("killed at several moments, a scenario leaves nothing that clean-up does not remove")
        func killed() async throws {
            try await Workbench.with("scenariokill") { bench in
                let spec = """
                    background:
                    - name: load
                      LONG
                    steps:
                    - name: first
                      while: [load]
                      RESOURCE
                    - parallel:
                      - name: left
                        RESOURCE
                      - name: right
                        RESOURCE
                    finally:
                    - name: last
                      RESOURCE
                    """.replacing(
                        "LONG",
                        with: Self.resource.replacing("minimum: 2, maximum: 2", with: "minimum: 900, maximum: 900"))
                let file = try bench.write(Self.yaml(spec), to: "scenario.yaml")
                let clock = ContinuousClock()
                let start = clock.now
                let whole = try await bench.startRun(file).end(within: .seconds(60))
                #expect(whole.exitCode == 0, "\(whole.standardError)")
                let length = clock.now - start
                for moment in 0..<6 {
                    let run = try bench.startRun(file)
                    try await clock.sleep(for: length * (Double(moment) + 0.5) / 6)
                    run.signal(SIGKILL)
                    _ = try await run.end()
                    let cleanup = try await bench.run(["cleanup", "--database", bench.database])
                    #expect(
                        cleanup.exitCode == 0, "moment \(moment): \(cleanup.standardOutput)\(cleanup.standardError)")
                    let left = try await bench.leftovers()
                    #expect(left.isEmpty, "moment \(moment): \(left)")
                    let store = try bench.store()
                    #expect(try store.ledgerEntries().isEmpty, "moment \(moment)")
                    #expect(try store.runs(matching: RunFilter(outcome: .running)).isEmpty, "moment \(moment)")
                }
            }
        }
    }
}
