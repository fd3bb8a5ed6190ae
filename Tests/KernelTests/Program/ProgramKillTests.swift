import Contract
import Glibc
import Results
import Statistics
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Kill")
    struct Kill {
        private static let moments = 50
        private static let seed: UInt64 = 2

        @Test(
            "killed at 50 moments of its life, a run leaves nothing that clean-up does not remove, and keeps its trials"
        )
        func anyMoment() async throws {
            try await Workbench.with("kill") { bench in
                let scenario = Scenario(tests: [Scenario.roundTrip, Scenario.connections], repetitions: 2)
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                let clock = ContinuousClock()
                let start = clock.now
                try #require(try await bench.startRun(file).end().exitCode == 0)
                let length = clock.now - start

                var generator = SeededGenerator(seed: Self.seed)
                var killed = 0
                var left = 0
                for moment in 0..<Self.moments {
                    // One in each fiftieth, so that no part of a run is left out.
                    let share = (Double(moment) + Double.random(in: 0..<1, using: &generator)) / Double(Self.moments)
                    // Every other one makes its database first.
                    let database =
                        moment.isMultiple(of: 2) ? bench.database : "\(bench.directory)/new\(moment)/new.sqlite"
                    let run = try bench.start(["run", file, "--database", database, "--plots", bench.plots])
                    try await clock.sleep(for: length * share)
                    run.signal(SIGKILL)
                    let result = try await run.end()
                    killed += result.exitCode == 128 + SIGKILL ? 1 : 0
                    left += try await bench.leftovers(patience: .zero).isEmpty ? 0 : 1
                    if moment.isMultiple(of: 3) {
                        // A clean-up may be killed as well, and two may run at once.
                        let cleanups = try (0..<2).map { _ in try bench.start(["cleanup", "--database", database]) }
                        try await clock.sleep(for: .milliseconds(Int.random(in: 10..<150, using: &generator)))
                        cleanups[0].signal(SIGKILL)
                        for cleanup in cleanups { _ = try await cleanup.end() }
                    }
                    try await check(bench, database, after: result, "moment \(moment)")
                }
                // Otherwise the moments were beside the runs, and nothing was tested.
                #expect(killed >= Self.moments / 2)
                #expect(left >= Self.moments / 5)
            }
        }

        @Test("killed in the middle of a stream, a run leaves no iperf3 after clean-up")
        func stream() async throws {
            try await Workbench.with("killstream") { bench in
                let scenario = Scenario(tests: [Scenario.roundTrip, Scenario.stream], repetitions: 20)
                let run = try bench.startRun(try bench.write(scenario.yaml, to: "scenario.yaml"))
                #expect(await run.says("bridge same-node stream"))
                try await Task.sleep(for: .milliseconds(400))
                #expect(try await bench.leftovers(patience: .zero).contains { $0.contains("(iperf3)") })
                run.signal(SIGKILL)
                try await check(bench, bench.database, after: run.end(), "stream")
            }
        }

        @Test("killed in the middle of its set-up, a lab is taken down by its name")
        func lab() async throws {
            try await Workbench.with("killlab") { bench in
                let store = ["--database", bench.database]
                let up = try bench.start(["lab", "up", "--pods", "60"] + store)
                try await bench.waitForThings(atLeast: 10)
                up.signal(SIGKILL)
                #expect(try await up.end().exitCode == 128 + SIGKILL)
                let down = try await bench.run(["lab", "down"] + store)
                #expect(down.exitCode == 0, "\(down.standardError)")
            }
        }

        func check(
            _ bench: Workbench, _ database: String, after result: ProgramResult, _ moment: String
        ) async throws {
            let cleanup = try await bench.run(["cleanup", "--database", database])
            #expect(cleanup.exitCode == 0, "\(moment): \(cleanup.standardOutput)\(cleanup.standardError)")
            let left = try await bench.leftovers()
            #expect(left.isEmpty, "\(moment): \(left) after \(cleanup.standardOutput)")
            guard access(database, F_OK) == 0 else {
                // It was killed before there was a database, and so before anything could be made.
                #expect(TrialAnnouncements(result.standardError).begun == 0, "\(moment)")
                return
            }
            #expect(try PlainDatabase.integrity(of: database) == ["ok"], "\(moment)")
            let store = try Store.open(at: database, mode: .readOnly)
            #expect(try store.ledgerEntries().isEmpty, "\(moment)")
            guard let identifier = Self.runIdentifier(result.standardError) else { return }
            let announced = TrialAnnouncements(result.standardError)
            // Not every run that was announced had come to be begun.
            guard let run = try store.runs(matching: RunFilter()).first(where: { $0.id == identifier }) else {
                #expect(announced.begun == 0, "\(moment)")
                return
            }
            #expect(run.outcome != .running, "\(moment)")
            let trials = try store.trials(runID: identifier)
            #expect(trials.count >= announced.ended, "\(moment): \(result.standardError)")
            #expect(trials.allSatisfy { $0.outcome == .completed }, "\(moment)")
            let samples = Set(try store.samples(runID: identifier).map(\.trialID))
            #expect(samples == Set(trials.map(\.id)), "\(moment)")
        }

        private static func runIdentifier(_ standardError: String) -> String? {
            guard standardError.hasPrefix("run "), let end = standardError.firstIndex(of: ":") else { return nil }
            return String(standardError[..<end].dropFirst("run ".count))
        }
    }
}
