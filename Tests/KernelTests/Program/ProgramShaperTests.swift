import Contract
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("A NetworkTrafficShaper")
    struct Shaper {
        private static func yaml(_ targets: [String], seconds: Int) -> String {
            """
            apiVersion: networkmachinery.io/v1alpha1
            kind: NetworkTrafficShaper
            metadata: {name: worse}
            spec:
              duration: \(seconds)s
              targets:
            \(targets.map { "  - {\($0)}" }.joined(separator: "\n"))
              local:
                pods: [{name: seer}]

            """
        }

        /// Runs it to its end, expects that everything did what it should, and returns the findings by target.
        private func injected(_ bench: Workbench, _ targets: [String], seconds: Int) async throws -> [String: Finding] {
            let file = try bench.write(Self.yaml(targets, seconds: seconds), to: "shaper.yaml")
            let result = try await bench.startRun(file).end(within: .seconds(300))
            #expect(result.exitCode == 0, "\(result.standardError)\n\(result.standardOutput)")
            let found = try bench.findings(by: "target")
            #expect(found.count == targets.count)
            for (target, finding) in found {
                #expect(finding.found == "Injected" && finding.verdict == .passed, "\(target): \(finding)")
            }
            #expect(try bench.lastRun().outcome == .completed)
            #expect(try bench.store().ledgerEntries().isEmpty)
            return found
        }

        @Test("links that are down, cut, or cut for large packets, names, connections or echoes: proven, and put back")
        func withoutNetem() async throws {
            try await Workbench.with("shaper") { bench in
                let found = try await injected(
                    bench,
                    [
                        "name: unplugged, link: down",
                        "name: dumb, block: drop",
                        "name: deaf, block: drop, direction: ingress",
                        "name: hole, blackHoleAbove: 1200B",
                        "name: nameless, dns: dead",
                        "name: told, block: reject, filters: [{protocol: tcp}]",
                        "name: mute, block: drop, filters: [{protocol: icmp}]",
                    ],
                    seconds: 4)
                for target in ["unplugged", "dumb", "deaf", "hole", "nameless", "mute"] {
                    let detail = try #require(found[target]?.detail)
                    #expect(detail.contains("without a whole answer 0.0 → 100.0 → 0.0 %"), "\(target): \(detail)")
                }
            }
        }

        @Test(
            "a loss, and a delay of echoes alone: proven, and put back",
            .enabled(if: ShapingSetting.isThere, Comment(rawValue: ShapingSetting.reason)))
        func withNetem() async throws {
            try await Workbench.with("shapernetem") { bench in
                let found = try await injected(
                    bench,
                    [
                        "name: lossy, loss: 20%, direction: both",
                        "name: echoes, delay: 40ms, filters: [{protocol: icmp}]",
                    ],
                    seconds: 30)
                #expect(found["echoes"]?.detail.contains("round trip") == true)
                #expect(found["lossy"]?.detail.contains("without a whole answer") == true)
            }
        }
    }
}
