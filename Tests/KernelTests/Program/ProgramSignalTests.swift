import Contract
import Glibc
import Results
import Statistics
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

        @Test("at twenty moments of its life: whatever a run was doing, nothing is left, without a clean-up")
        func anyMoment() async throws {
            try await Workbench.with("signals") { bench in
                let scenario = Scenario(tests: [Scenario.roundTrip, Scenario.connections])
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                let clock = ContinuousClock()
                let start = clock.now
                try #require(try await bench.startRun(file).end().exitCode == 0)
                let length = clock.now - start
                var generator = SeededGenerator(seed: 5)
                var interrupted = 0
                for moment in 0..<20 {
                    let share = (Double(moment) + Double.random(in: 0..<1, using: &generator)) / 20
                    let number = moment.isMultiple(of: 2) ? SIGINT : SIGTERM
                    let run = try bench.startRun(file)
                    try await clock.sleep(for: length * share)
                    run.signal(number)
                    let result = try await run.end()
                    // Before it could listen the signal ends it, as it ends any program; after the trials it is too late.
                    #expect([0, 130, 128 + number].contains(result.exitCode), "\(moment): \(result.standardError)")
                    interrupted += result.exitCode == 130 ? 1 : 0
                    let left = try await bench.leftovers()
                    #expect(left.isEmpty, "\(moment): \(left) after \(result.standardError)")
                    let store = try bench.store()
                    #expect(try store.ledgerEntries().isEmpty, "\(moment)")
                    #expect(try store.runs(matching: RunFilter(outcome: .running)).isEmpty, "\(moment)")
                }
                #expect(interrupted >= 5)
            }
        }

        @Test("while a lab comes up: everything is removed")
        func lab() async throws {
            try await Workbench.with("labsignal") { bench in
                let up = try bench.start(["lab", "up", "--pods", "60", "--database", bench.database])
                try await bench.waitForThings(atLeast: 10)
                up.signal(SIGINT)
                let result = try await up.end()
                #expect(result.exitCode == 130)
                #expect(result.standardError.contains("interrupted by SIGINT"))
                let left = try await bench.leftovers()
                #expect(left.isEmpty)
                #expect(try bench.store().ledgerEntries().isEmpty)
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
