import Foundation
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Stored runs")
    struct StoredRuns {
        @Test("runs are listed, shown, exported, deleted and imported again without a difference")
        func roundTrip() async throws {
            try await Workbench.with("verbs") { bench in
                let store = ["--database", bench.database]
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                for label in ["build=1", "build=2"] {
                    try #require(try await bench.startRun(file, "--label", label, "--seed", "7").end().exitCode == 0)
                }
                let listed = try await RunLine.list(bench, store)
                #expect(listed.map(\.labels) == [["build": "2"], ["build": "1"]])
                #expect(listed.allSatisfy { $0.outcome == "completed" && $0.seed == 7 })
                let shown = try await bench.run(["runs", "show", "build=1", "--output", "json"] + store)
                #expect(shown.exitCode == 0)
                #expect(shown.standardOutput.contains(listed[1].id))

                let exported = try await bench.run(["runs", "export", "build=1"] + store)
                #expect(exported.exitCode == 0)
                let document = try bench.write(exported.standardOutput, to: "run.json")
                let twice = try await bench.run(["runs", "import", document] + store)
                #expect(twice.exitCode == 2)
                #expect(try await bench.run(["runs", "delete", listed[1].id] + store).exitCode == 0)
                #expect(try await RunLine.list(bench, store) == [listed[0]])
                #expect(try await bench.run(["runs", "show", "build=1"] + store).exitCode == 2)
                #expect(try await bench.run(["runs", "import", document] + store).exitCode == 0)
                #expect(try await RunLine.list(bench, store) == listed)
                let again = try await bench.run(["runs", "export", "build=1"] + store)
                #expect(again.standardOutput == exported.standardOutput)

                let rubbish = try bench.write("{\"run\": 1}", to: "rubbish.json")
                let refused = try await bench.run(["runs", "import", rubbish] + store)
                #expect(refused.exitCode == 2)
                #expect(refused.standardError.contains(rubbish))
                #expect(try await RunLine.list(bench, store) == listed)
            }
        }

        @Test("a run that is compared with itself is compared with nothing, and that is said with its id")
        func compareWithItself() async throws {
            try await Workbench.with("itself") { bench in
                let scenario = Scenario(
                    tests: [Scenario.test("rr", "request-response", duration: "50ms")], repetitions: 12)
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                try #require(try await bench.startRun(file).end().exitCode == 0)
                let result = try await bench.run(
                    ["compare", "latest", "latest", "--database", bench.database, "--output", "json"])
                #expect(result.exitCode == 1, "\(result.standardError)")
                #expect(try result.decode(VerdictLines.self).rows.isEmpty)
                let id = try #require(try await RunLine.list(bench, ["--database", bench.database]).first?.id)
                #expect(result.standardError.contains(id))
            }
        }

        @Test("every command's --output json is JSON, and nothing else is on standard output")
        func json() async throws {
            try await Workbench.with("json") { bench in
                let store = ["--database", bench.database]
                let scenario = Scenario(networks: ["{name: one, preset: bridge}", "{name: two, preset: ptp}"])
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                let commands = [
                    ["run", file, "--dry-run"], ["run", file, "--plots", bench.plots] + store, ["validate", file],
                    ["doctor"], ["runs", "list"] + store, ["runs", "show", "latest"] + store,
                    ["compare", "latest", "latest"] + store, ["lab", "up", "--nodes", "1"] + store, ["lab", "ps"],
                    ["cleanup"] + store,
                ]
                for command in commands {
                    let result = try await bench.run(command + ["--output", "json"])
                    // A run beside itself: nothing is compared, and that is told as JSON, too.
                    let expected: Int32 = command[0] == "compare" ? 1 : 0
                    #expect(result.exitCode == expected, "\(command): \(result.standardError)")
                    #expect(throws: Never.self, "\(command): \(result.standardOutput)") { try result.json() }
                }
                #expect(try await bench.run(["lab", "down"] + store).exitCode == 0)
                let report = try await bench.run(["report", "latest", "--format", "json"] + store)
                #expect(throws: Never.self) { try report.json() }
                for format in ["markdown", "csv", "junit", "openmetrics"] {
                    let report = try await bench.run(["report", "latest", "--format", format] + store)
                    #expect(report.exitCode == 0 && !report.standardOutput.isEmpty, "\(format)")
                }
            }
        }
    }
}

/// One run of `runs list`.
private struct RunLine: Decodable, Equatable {
    let id: String
    let seed: UInt64
    let outcome: String
    let labels: [String: String]

    static func list(_ bench: Workbench, _ store: [String]) async throws -> [RunLine] {
        try await bench.run(["runs", "list", "--output", "json"] + store).decode([RunLine].self)
    }
}

/// What `compare` prints.
private struct VerdictLines: Decodable {
    struct Row: Decodable {
        let verdict: String
    }

    let rows: [Row]
}
