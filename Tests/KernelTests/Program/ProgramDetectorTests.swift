import Contract
import Foundation
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("A NetworkProblemDetector")
    struct Detector {
        private static func yaml(_ lines: String) -> String {
            "apiVersion: networkmachinery.io/v1alpha1\nkind: NetworkProblemDetector\nmetadata: {name: watch}\nspec:\n"
                + lines.split(separator: "\n").map { "  \($0)\n" }.joined()
        }

        private static let spec = """
            nodes: 3
            period: 100ms
            window: 1s
            """

        private func findings(_ bench: Workbench) throws -> [Finding] {
            let run = try bench.lastRun()
            let trials = try bench.store().trials(runID: run.id)
            #expect(trials.map(\.outcome) == [.completed], "\(trials.compactMap(\.reason))")
            return try bench.store().events(runID: run.id).filter { $0.name == Finding.name }
                .map { try Finding(json: $0.detail) }
        }

        @Test("where nothing is wrong nothing is found, over six ways, and every agent tells what it cost")
        func healthy() async throws {
            try await Workbench.with("detector-healthy") { bench in
                let file = try bench.write(
                    Self.yaml(Self.spec + "\nduration: 6s\nchecks: [udp, tcp, icmp, mtu, service, dns]"),
                    to: "scenario.yaml")
                let result = try await bench.startRun(file).end(within: .seconds(120))
                #expect(result.exitCode == 0, "\(result.standardError)\n\(result.standardOutput)")
                let found = try findings(bench)
                #expect(found.map(\.found) == ["nothing wrong"])
                #expect(found.map(\.verdict) == [.passed])
                let run = try bench.lastRun()
                func values(_ metric: String) throws -> [Double] {
                    try bench.store().samples(runID: run.id, metric: metric).map(\.value)
                }
                // 3 nodes with a pod: 6 places with 4 others, 4 kinds, ten a second; less what the edges of windows take.
                #expect(try values("watch_checks").allSatisfy { $0 > 3_000 && $0 < 6_500 })
                #expect(try values("watch_findings") == [0])
                #expect(try values("agent_memory").allSatisfy { $0 > 1_000_000 })
                #expect(try values("cpu_agent").allSatisfy { $0 > 0 && $0 < 1 })
                #expect(try bench.store().ledgerEntries().isEmpty)
            }
        }

        @Test("packets that one node's kernel drops when they come from another name the link in its direction")
        func oneWay() async throws {
            try await Workbench.with("detector-one-way") { bench in
                let file = try bench.write(
                    Self.yaml(Self.spec + "\nduration: 12s\nexpect: [{fault: loss, place: node0 -> node1}]"),
                    to: "scenario.yaml")
                let run = try bench.startRun(file)
                #expect(await run.says("trial 1 of 1", within: .seconds(60)))
                try await Task.sleep(for: .seconds(4))
                let names = try FileManager.default.contentsOfDirectory(atPath: bench.seen("/run/netns"))
                let receiver = try #require(names.first { $0.hasSuffix("bridge-node1") })
                // node0 is the first of 172.30.0.0/16, and its pods have 10.244.0.0/24.
                for words in [
                    "add table inet fault",
                    "add chain inet fault in { type filter hook prerouting priority -300; }",
                    "add rule inet fault in iifname eth0 ip saddr { 172.30.0.1, 10.244.0.0/24 } drop",
                ] {
                    let result = try await bench.run(["netns", "exec", receiver, "nft", words], program: "ip")
                    #expect(result.exitCode == 0, "\(result.standardError)")
                }
                let result = try await run.end(within: .seconds(60))
                #expect(result.exitCode == 0, "\(result.standardError)\n\(result.standardOutput)")
                let found = try findings(bench)
                #expect(found.map(\.found) == ["loss at node0 -> node1"])
                #expect(found.first?.detail.contains("timed out") == true)
                let record = try bench.lastRun()
                let spans = try bench.store().events(runID: record.id).filter { $0.name == Span.name }
                    .map { try Span(json: $0.detail) }
                #expect(spans.map(\.place) == ["node0 → node1"])
                #expect(spans.allSatisfy { $0.role == .finding && $0.start > 3 })
            }
        }
    }
}
