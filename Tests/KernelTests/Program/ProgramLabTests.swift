import Quantities
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Labs")
    struct Labs {
        @Test("a lab comes up, is listed, is used, and is gone after it was taken down")
        func life() async throws {
            try await Workbench.with("lab") { bench in
                let store = ["--database", bench.database]
                let up = ["lab", "up", "--networks", "bridge,ptp", "--output", "json"] + store
                let made = try await bench.run(up)
                #expect(made.exitCode == 0, "\(made.standardError)")
                let places = try LabPlace.list(made)
                #expect(places.filter(\.isPod).count == 4)
                #expect(try await LabPlace.list(bench.run(["lab", "ps", "--output", "json"])) == places)

                let again = try await bench.run(up)
                #expect(again.exitCode == 2)
                #expect(again.standardError.contains("is up already"))
                for pair in [("ptp/node0/pod0", "ptp/node1/pod0"), ("bridge/node1/pod0", "bridge/node0/pod0")] {
                    #expect(try await Self.transactions(bench, from: pair.0, to: pair.1, of: places) > 0, "\(pair)")
                }
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                #expect(try await bench.startRun(file).end().exitCode == 0, "a run beside a lab")
                let status = try await bench.run(["lab", "exec", "bridge/node0/pod0", "--", "sh", "-c", "exit 7"])
                #expect(status.exitCode == 7)
                let nowhere = try await bench.run(["lab", "exec", "bridge/node9", "--", "true"])
                #expect(nowhere.exitCode == 2)
                #expect(nowhere.standardError.contains("lab ps"))

                // Labs are meant to stay: a clean-up says so and leaves them alone.
                let cleanup = try await bench.run(["cleanup"] + store)
                #expect(cleanup.exitCode == 0)
                #expect(cleanup.standardOutput.contains("of the lab lab"))
                #expect(try await LabPlace.list(bench.run(["lab", "ps", "--output", "json"])) == places)

                let down = try await bench.run(["lab", "down"] + store)
                #expect(down.exitCode == 0, "\(down.standardError)")
                let left = try await bench.leftovers()
                #expect(left.isEmpty)
                let absent = try await bench.run(["lab", "down"] + store)
                #expect(absent.exitCode == 0)
                #expect(absent.standardError.contains("there is no lab lab"))
            }
        }

        @Test("a lab of a database is not taken down with another one, and this is said")
        func otherDatabase() async throws {
            try await Workbench.with("other") { bench in
                let up = try await bench.run(["lab", "up", "--nodes", "1", "--database", bench.database])
                #expect(up.exitCode == 0, "\(up.standardError)")
                let other = "\(bench.directory)/other.sqlite"
                let down = try await bench.run(["lab", "down", "--database", other])
                #expect(down.exitCode == 3)
                #expect(down.standardError.contains("another --database"))
                let cleanup = try await bench.run(["cleanup", "--database", other])
                #expect(cleanup.exitCode == 3)
                #expect(cleanup.standardOutput.contains("still there"))
                #expect(try await bench.run(["lab", "down", "--database", bench.database]).exitCode == 0)
            }
        }

        @Test("wrong words are refused before anything is made")
        func refusals() async throws {
            try await Workbench.with("words") { bench in
                for words in [["--networks", "brigde"], ["--nodes", "0"], ["--pods", "-1"], ["--name", "Lab!"]] {
                    let result = try await bench.run(["lab", "up", "--database", bench.database] + words)
                    #expect(result.exitCode == 2, "\(words)")
                    #expect(result.standardError.contains(words[0]), "\(words): \(result.standardError)")
                }
            }
        }

        @Test("a hundred pods come up with addresses of their own, reach each other, and are gone afterwards")
        func aHundred() async throws {
            try await Workbench.with("hundred") { bench in
                let store = ["--database", bench.database]
                let up = try await bench.run(
                    ["lab", "up", "--nodes", "2", "--pods", "50", "--output", "json"] + store, within: .seconds(120))
                #expect(up.exitCode == 0, "\(up.standardError)")
                let places = try LabPlace.list(up)
                let pods = places.filter(\.isPod)
                #expect(pods.count == 100)
                #expect(pods.allSatisfy { $0.addresses.count == 1 })
                #expect(Set(pods.flatMap(\.addresses)).count == 100)
                for (from, to) in [
                    ("node0/pod0", "node1/pod49"), ("node1/pod0", "node0/pod49"), ("node0/pod1", "node0/pod2"),
                    ("node1/pod24", "node1/pod25"), ("node0/pod49", "node1/pod0"),
                ] {
                    let count = try await Self.transactions(
                        bench, from: "bridge/\(from)", to: "bridge/\(to)", of: places)
                    #expect(count > 0, "from \(from) to \(to)")
                }
                let down = try await bench.run(["lab", "down"] + store, within: .seconds(120))
                #expect(down.exitCode == 0, "\(down.standardError)")
            }
        }

        /// The transactions between two places in a moment, with agents that `lab exec` starts.
        private static func transactions(
            _ bench: Workbench, from: String, to: String, of places: [LabPlace]
        ) async throws -> Double {
            let target = try #require(places.first { $0.place == to }?.addresses.first)
            let exec = [try BuiltProgram.path(), "lab", "exec"]
            let exchange = AgentExchange(
                server: bench.inside(exec + [to, "--"]), client: bench.inside(exec + [from, "--"]))
            return try await exchange.transactions(to: try CIDR(parsing: target).address)
        }
    }
}
