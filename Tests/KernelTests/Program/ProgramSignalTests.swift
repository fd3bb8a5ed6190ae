import Glibc
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Signals")
    struct Signals {
        @Test(
            "during set-up: everything is removed, the run is kept as interrupted",
            arguments: [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM")])
        func setUp(_ number: Int32, _ name: String) async throws {
            try await Workbench.with("setup") { bench in
                let file = try bench.write(Scenario(podsPerNode: 60).yaml, to: "scenario.yaml")
                let run = try bench.startRun(file)
                #expect(await run.says("setting up bridge: 62 pods"))
                try await Task.sleep(for: .milliseconds(300))
                run.signal(number)
                let result = try await run.end()
                #expect(result.exitCode == 130)
                #expect(result.standardError.contains("interrupted by \(name)"))
                #expect(!result.standardError.contains("trial 1 of"))
                #expect(try bench.lastRun().outcome == .interrupted)
            }
        }

        @Test(
            "during trials: everything is removed, and the trials that ended are kept",
            arguments: [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM")])
        func trials(_ number: Int32, _ name: String) async throws {
            try await Workbench.with("trials") { bench in
                let file = try bench.write(
                    Scenario(tests: [Scenario.roundTrip, Scenario.connections], repetitions: 500).yaml,
                    to: "scenario.yaml"
                )
                let run = try bench.startRun(file)
                #expect(await run.says("trial 6 of 1000"))
                run.signal(number)
                // A second one must not cut the removal short.
                run.signal(number)
                let result = try await run.end()
                #expect(result.exitCode == 130)
                #expect(result.standardError.contains("interrupted by \(name)"))
                #expect(try bench.lastRun().outcome == .interrupted)
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                #expect(trials.count >= TrialAnnouncements(result.standardError).ended)
                #expect(trials.allSatisfy { $0.outcome == .completed })
            }
        }
    }
}
