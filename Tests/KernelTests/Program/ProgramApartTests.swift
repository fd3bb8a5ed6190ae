import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Two runs")
    struct Apart {
        @Test("a second run is refused with the first one's name, and the first is not harmed")
        func refused() async throws {
            try await Workbench.with("apart") { bench in
                let file = try bench.write(Scenario(repetitions: 25).yaml, to: "scenario.yaml")
                let first = try bench.startRun(file)
                #expect(await first.says("trial 2 of 25"))
                for database in [bench.database, "\(bench.directory)/other/results.sqlite"] {
                    let second = try await bench.run(
                        ["run", file, "--database", database, "--plots", "\(bench.directory)/other"])
                    #expect(second.exitCode == 3)
                    #expect(second.standardError.contains("another run is measuring on this machine"))
                    #expect(second.standardError.contains("process \(first.processIdentifier)"))
                    #expect(second.standardOutput.isEmpty)
                }
                // What a living run owns is nobody's to clean up.
                let cleanup = try await bench.run(["cleanup", "--database", bench.database])
                #expect(cleanup.exitCode == 0)
                #expect(cleanup.standardOutput.contains("in use"))
                #expect(!cleanup.standardError.contains("nothing is left"))
                let result = try await first.end()
                #expect(result.exitCode == 0, "\(result.standardError)")
                let runs = try bench.store().runs(matching: RunFilter())
                #expect(runs.map(\.outcome) == [.completed])
                #expect(try bench.store().trials(runID: try bench.lastRun().id).count == 25)
            }
        }
    }
}
