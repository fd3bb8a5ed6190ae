import Contract
import Glibc
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Runs in a lab")
    struct LabRuns {
        private static func yaml(_ kind: String, _ lines: String) -> String {
            "apiVersion: networkmachinery.io/v1alpha1\nkind: \(kind)\nmetadata: {name: inside}\nspec:\n"
                + lines.split(separator: "\n").map { "  \($0)\n" }.joined()
        }

        @Test("what runs in a lab, whatever it cuts, serves or blocks, leaves the lab as it was, and up")
        func unchanged() async throws {
            try await StandingLab.with("labrun", pods: 2) { lab in
                let before = try await lab.state()
                let shaper = """
                    duration: 3s
                    targets:
                    - {name: node0-pod0, link: down}
                    - {name: node0-pod1, block: drop, direction: ingress}
                    - {name: node1-pod1, block: reject, filters: [{protocol: tcp}]}
                    local: {pods: [{name: node1-pod0}]}
                    """
                let shaped = try await lab.measure(Self.yaml("NetworkTrafficShaper", shaper))
                #expect(shaped.exitCode == 0, "\(shaped.standardError)\n\(shaped.standardOutput)")
                #expect(try lab.bench.findings(by: "target").mapValues(\.found).values.allSatisfy { $0 == "Injected" })
                #expect(try await lab.state() == before)

                let reach = """
                    layer: 4
                    sources: [{name: node0-pod0}, {kind: node, name: node1}]
                    destinations:
                    - {kind: service, name: s, port: 80}
                    - {kind: pod, name: node1-pod1, port: 80, expect: blocked}
                    - {kind: name, name: s.default.svc.cluster.local, port: 80}
                    count: 1
                    timeout: 300ms
                    local:
                      services: [{name: s, endpoints: [node1-pod0]}]
                      blocks: [{to: node1-pod1}]
                    """
                let reached = try await lab.measure(Self.yaml("NetworkConnectivityTest", reach))
                #expect(reached.exitCode == 0, "\(reached.standardError)\n\(reached.standardOutput)")
                #expect(try await lab.state() == before)
                #expect(try lab.bench.store().ledgerEntries().allSatisfy { $0.runID == nil })

                // Killed in the middle, it leaves nothing either: whoever held something there undoes it.
                let endless = reach.replacing("count: 1", with: "count: 2000")
                let long = try lab.bench.write(Self.yaml("NetworkConnectivityTest", endless), to: "long.yaml")
                let killed = try lab.bench.startRun(long, "--lab", "lab")
                // Until its rules are there, and whatever it is doing then.
                for _ in 0..<200 where try await lab.state() == before { try await Task.sleep(for: .milliseconds(50)) }
                killed.signal(SIGKILL)
                _ = try? await killed.end(within: .seconds(10))
                var after = try await lab.state()
                for _ in 0..<20 where after != before {
                    try await Task.sleep(for: .milliseconds(250))
                    after = try await lab.state()
                }
                #expect(after == before)

                let elsewhere = try lab.bench.write(Self.yaml("NetworkTrafficShaper", shaper), to: "elsewhere.yaml")
                let unknown = try await lab.bench.startRun(elsewhere, "--lab", "nowhere").end()
                #expect(unknown.exitCode == 3)
                #expect(unknown.standardError.contains("the lab nowhere is not up"), "\(unknown.standardError)")
                #expect(unknown.standardError.contains("netmachinery lab up --name nowhere"))
            }
        }
    }
}
