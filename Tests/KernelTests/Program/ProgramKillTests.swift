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
                    let run = try bench.startRun(file)
                    try await clock.sleep(for: length * share)
                    run.signal(SIGKILL)
                    let result = try await run.end()
                    killed += result.exitCode == 128 + SIGKILL ? 1 : 0
                    left += try await bench.leftovers(patience: .zero).isEmpty ? 0 : 1
                    try await check(bench, after: result, moment)
                }
                // Otherwise the moments were beside the runs, and nothing was tested.
                #expect(killed >= Self.moments / 2)
                #expect(left >= Self.moments / 5)
                #expect(try bench.store().ledgerEntries().isEmpty)
            }
        }

        private func check(_ bench: Workbench, after result: ProgramResult, _ moment: Int) async throws {
            let cleanup = try await bench.run(["cleanup", "--database", bench.database])
            #expect(cleanup.exitCode == 0, "moment \(moment): \(cleanup.standardOutput)\(cleanup.standardError)")
            let left = try await bench.leftovers()
            #expect(left.isEmpty, "moment \(moment): \(left) after \(cleanup.standardOutput)")
            guard let identifier = Self.runIdentifier(result.standardError) else { return }
            let store = try bench.store()
            let announced = TrialAnnouncements(result.standardError)
            // Not every run that was announced had come to be begun.
            guard let run = try store.runs(matching: RunFilter()).first(where: { $0.id == identifier }) else {
                #expect(announced.begun == 0, "moment \(moment)")
                return
            }
            #expect(run.outcome != .running, "moment \(moment)")
            let trials = try store.trials(runID: identifier)
            #expect(trials.count >= announced.ended, "moment \(moment): \(result.standardError)")
            #expect(trials.allSatisfy { $0.outcome == .completed }, "moment \(moment)")
            let samples = Set(try store.samples(runID: identifier).map(\.trialID))
            #expect(samples == Set(trials.map(\.id)), "moment \(moment)")
        }

        private static func runIdentifier(_ standardError: String) -> String? {
            guard standardError.hasPrefix("run "), let end = standardError.firstIndex(of: ":") else { return nil }
            return String(standardError[..<end].dropFirst("run ".count))
        }
    }
}
