import Foundation
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Bad input")
    struct BadInput {
        @Test("an unknown preset is answered with its place and the nearest name, and nothing is started")
        func unknownPreset() async throws {
            try await Workbench.with("preset") { bench in
                let file = try bench.write(
                    Scenario(networks: ["{name: net, preset: brigde}"]).yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file).end()
                #expect(result.exitCode == 2)
                #expect(result.standardError.contains("nothing was started"))
                #expect(result.standardError.contains("\(file):7:34: spec.networks[0].preset"))
                #expect(result.standardError.contains("brigde"))
                #expect(result.standardError.contains("Did you mean \"bridge\"?"))
                #expect(result.standardOutput.isEmpty)
                #expect(!FileManager.default.fileExists(atPath: bench.database))
                let validation = try await bench.run(["validate", file])
                #expect(validation.exitCode == 2)
                #expect(validation.standardError.contains("Did you mean \"bridge\"?"))
            }
        }

        @Test("a file that is no database is refused and left as it is")
        func notADatabase() async throws {
            try await Workbench.with("notours") { bench in
                let words = String(repeating: "These are somebody's notes.\n", count: 100)
                let database = try bench.write(words, to: "results/netmachinery.sqlite")
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file).end()
                #expect(result.exitCode == 3)
                #expect(result.standardError.contains("not a SQLite database"))
                #expect(result.standardError.contains("--database"))
                #expect(FileManager.default.contents(atPath: database) == Data(words.utf8))
            }
        }

        @Test("a database of another program, and one of a newer version, are refused and left as they are")
        func foreignAndNewer() async throws {
            try await Workbench.with("newer") { bench in
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                try #require(try await bench.startRun(file, "--label", "kept=yes").end().exitCode == 0)
                let path = URL(fileURLWithPath: bench.database)
                let ours = try Data(contentsOf: path)

                var foreign = ours
                // The application id stands at byte 68 of a SQLite file's header.
                foreign.replaceSubrange(68..<72, with: [0, 0, 0, 42])
                try foreign.write(to: path)
                let refused = try await bench.startRun(file).end()
                #expect(refused.exitCode == 3)
                #expect(refused.standardError.contains("another program made this SQLite database"))
                #expect(try Data(contentsOf: path) == foreign)

                try ours.write(to: path)
                try PlainDatabase.pretendNewer(bench.database)
                let newer = try await bench.startRun(file).end()
                #expect(newer.exitCode == 3)
                #expect(newer.standardError.contains("a newer version of this program wrote it"))

                try ours.write(to: path)
                #expect(try Store.open(at: bench.database, mode: .readOnly).runs(matching: RunFilter()).count == 1)
            }
        }

        @Test("a run that is not there is a bad argument")
        func unknownRun() async throws {
            try await Workbench.with("unknown") { bench in
                let store = ["--database", bench.database]
                let missing = try await bench.run(["runs", "list"] + store)
                #expect(missing.exitCode == 3)
                #expect(missing.standardError.contains(bench.database))
                _ = try Store.open(at: bench.database)
                for command in [["runs", "show", "nope"], ["compare", "nope", "latest"], ["report", "nope"]] {
                    let result = try await bench.run(command + store)
                    #expect(result.exitCode == 2, "\(command)")
                    #expect(result.standardError.contains("nope"), "\(command)")
                }
            }
        }
    }
}
