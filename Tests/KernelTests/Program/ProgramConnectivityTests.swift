import Contract
import Foundation
import Glibc
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("A NetworkConnectivityTest")
    struct Connectivity {
        private static func yaml(_ lines: String) -> String {
            "apiVersion: networkmachinery.io/v1alpha1\nkind: NetworkConnectivityTest\nmetadata: {name: pairs}\nspec:\n"
                + lines.split(separator: "\n").map { "  \($0)\n" }.joined()
        }

        /// Runs it; what was found by the variant's words, and how the program ended.
        private func findings(
            _ bench: Workbench, _ lines: String, exitCode: Int32
        ) async throws -> [String: Finding] {
            let file = try bench.write(Self.yaml(lines), to: "scenario.yaml")
            let result = try await bench.startRun(file).end(within: .seconds(120))
            #expect(result.exitCode == exitCode, "\(result.standardError)\n\(result.standardOutput)")
            let store = try bench.store()
            let run = try bench.lastRun()
            let trials = Dictionary(
                try store.trials(runID: run.id).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            var found: [String: Finding] = [:]
            for event in try store.events(runID: run.id) where event.name == Finding.name {
                let trial = try #require(event.trialID.flatMap { trials[$0] })
                #expect(trial.outcome == .completed)
                let name = ["source", "destination", "family"].compactMap { trial.factors[$0] }.joined(separator: " ")
                found[name] = try Finding(json: event.detail)
            }
            #expect(found.count == trials.count)
            #expect(try store.ledgerEntries().isEmpty)
            return found
        }

        @Test("connections: every outcome is told apart on the real kernel, over IPv4 and IPv6, and nothing is left")
        func connections() async throws {
            try await Workbench.with("connectivity") { bench in
                let found = try await findings(
                    bench,
                    """
                    layer: 4
                    sources: [{name: a}, {kind: node, name: node1}]
                    destinations:
                    - {kind: pod, name: b, port: 80}
                    - {kind: pod, name: b, port: 81, expect: refused}
                    - {kind: pod, name: dropped, port: 80, expect: blocked}
                    - {kind: pod, name: rejected, port: 80, expect: refused}
                    - {kind: node, name: node0, port: 80}
                    - {kind: service, name: s, port: 80}
                    - {kind: ip, ip: 198.51.100.9, port: 80, expect: blocked}
                    - {kind: external, ip: 203.0.113.7, port: 80}
                    family: both
                    count: 2
                    timeout: 300ms
                    local:
                      external: [203.0.113.7]
                      blocks: [{to: dropped}, {to: rejected, port: 80, action: reject}]
                    """,
                    exitCode: 0)
                for source in ["a", "node1"] {
                    for family in ["ipv4", "ipv6"] {
                        #expect(found["\(source) b:80 \(family)"]?.found == "reached")
                        #expect(found["\(source) b:81 \(family)"]?.found == "refused")
                        #expect(found["\(source) dropped:80 \(family)"]?.found == "timed out")
                        #expect(found["\(source) rejected:80 \(family)"]?.found == "refused")
                        #expect(found["\(source) node0:80 \(family)"]?.found == "reached")
                        #expect(found["\(source) s → s-0:80 \(family)"]?.found == "reached")
                        #expect(found["\(source) s → s-1:80 \(family)"]?.found == "reached")
                    }
                    #expect(found["\(source) s:80 ipv4"]?.found == "reached")
                    #expect(found["\(source) 198.51.100.9:80 ipv4"]?.found == "unreachable")
                    #expect(found["\(source) 203.0.113.7:80 ipv4"]?.found == "reached")
                }
                #expect(found.values.allSatisfy { $0.verdict == .passed })
            }
        }

        @Test("echo requests: the MTU of the path is found, and what is not as expected ends the run with 1")
        func echoRequests() async throws {
            try await Workbench.with("connectivityecho") { bench in
                let found = try await findings(
                    bench,
                    """
                    layer: 3
                    source: {name: a}
                    destinations:
                    - {kind: pod, name: b}
                    - {kind: pod, name: dropped}
                    - {kind: ip, ip: 8.8.8.8}
                    - {kind: ip, ip: 'fd00:bad::1'}
                    family: both
                    count: 3
                    timeout: 200ms
                    local: {blocks: [{to: dropped, from: a}]}
                    """,
                    exitCode: 1)
                for family in ["ipv4", "ipv6"] {
                    #expect(found["a b \(family)"]?.found == "reached")
                    #expect(found["a dropped \(family)"]?.found == "timed out")
                    #expect(found["a dropped \(family)"]?.verdict == .failed)
                }
                #expect(found["a 8.8.8.8 ipv4"]?.found == "unreachable")
                #expect(found["a fd00:bad::1 ipv6"]?.found == "unreachable")
                let run = try bench.lastRun()
                #expect(try bench.store().samples(runID: run.id, metric: "rtt_p50").count == 2)
                let report = try await bench.run(
                    ["report", "latest", "--format", "junit", "--database", bench.database])
                #expect(report.standardOutput.contains(#"failures="4""#))
                #expect(report.standardOutput.contains("expected reached, found unreachable"))
            }
        }

        @Test("names are asked for and followed, pods are selected, and what is waited for is told with its time")
        func names() async throws {
            try await Workbench.with("connectivitynames") { bench in
                let asked = try await findings(
                    bench,
                    """
                    layer: 7
                    sources: [{name: a}, {kind: node, name: node1}, {kind: node, name: node0}]
                    destinations:
                    - {kind: name, name: s.default.svc.cluster.local}
                    - {kind: name, name: s.default.svc.cluster.local, type: SRV}
                    - {kind: name, name: b.default.pod.cluster.local, type: AAAA}
                    - {kind: name, name: gone.default.svc.example, expect: nameNotFound}
                    - {kind: name, name: other.example, server: 198.51.100.9, expect: blocked}
                    family: both
                    count: 2
                    timeout: 300ms
                    """,
                    exitCode: 0)
                for source in ["a", "node0", "node1"] {
                    for family in ["ipv4", "ipv6"] {
                        #expect(asked["\(source) s.default.svc.cluster.local \(family)"]?.detail == "10.96.0.10")
                        #expect(
                            asked["\(source) s.default.svc.cluster.local SRV \(family)"]?.detail
                                == "s.default.svc.cluster.local:80")
                        #expect(asked["\(source) b.default.pod.cluster.local AAAA \(family)"]?.found == "reached")
                        #expect(asked["\(source) gone.default.svc.example \(family)"]?.found == "name not found")
                    }
                    #expect(asked["\(source) other.example at 198.51.100.9 ipv4"]?.found == "unreachable")
                }
                let followed = try await findings(
                    bench,
                    """
                    layer: 4
                    sources: [{selector: {matchLabels: {app: web}}}, {kind: node, name: node0}]
                    destinations:
                    - {kind: name, name: s.default.svc.cluster.local, port: 80}
                    - {kind: name, name: b.default.pod.cluster.local, port: 81, expect: refused}
                    - {kind: name, name: gone.example, port: 80, expect: nameNotFound}
                    - {kind: pod, selector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}, port: 80}
                    - {kind: pod, name: vault, port: 80}
                    converge: true
                    deadline: 3s
                    timeout: 500ms
                    count: 2
                    local:
                      pods: [{name: w0, labels: {app: web}}, {name: w1, labels: {app: web}}, {name: d, labels: {app: db}}]
                      blocks: [{to: vault}]
                    """,
                    exitCode: 1)
                for source in ["w0", "w1", "node0"] {
                    #expect(followed["\(source) s.default.svc.cluster.local:80"]?.found == "reached")
                    #expect(followed["\(source) b.default.pod.cluster.local:81"]?.found == "refused")
                    #expect(followed["\(source) gone.example:80"]?.found == "name not found")
                    #expect(followed["\(source) d:80"]?.found == "reached")
                    #expect(followed["\(source) vault:80"]?.verdict == .failed)
                }
                let run = try bench.lastRun()
                let times = try bench.store().samples(runID: run.id, metric: "converged_after")
                #expect(times.count == 15)
                #expect(times.filter(\.censored).count == 3)
                #expect(times.filter { !$0.censored }.allSatisfy { $0.value < 2.5 })
            }
        }

        @Test("requests by HTTP: a service, a pod by its name, another status, and a port where nobody listens")
        func requests() async throws {
            try await Workbench.with("connectivityhttp") { bench in
                let found = try await findings(
                    bench,
                    """
                    layer: 7
                    protocol: http
                    sources: [{name: a}, {kind: node, name: node1}]
                    destinations:
                    - {kind: service, name: s, port: 80}
                    - {kind: name, name: b.default.pod.cluster.local, port: 80, path: /x}
                    - {kind: pod, name: b, port: 80, status: 404}
                    - {kind: pod, name: b, port: 81, expect: refused}
                    - {kind: pod, name: dropped, port: 80, expect: blocked}
                    count: 2
                    timeout: 300ms
                    local: {blocks: [{to: dropped}]}
                    """,
                    exitCode: 1)
                for source in ["a", "node1"] {
                    for destination in ["s:80", "s → s-0:80", "b.default.pod.cluster.local:80/x"] {
                        #expect(found["\(source) \(destination)"]?.found == "reached", "\(destination)")
                    }
                    #expect(found["\(source) b:80"]?.found == "other status")
                    #expect(found["\(source) b:80"]?.verdict == .failed)
                    #expect(found["\(source) b:81"]?.found == "refused")
                    #expect(found["\(source) dropped:80"]?.found == "timed out")
                }
                let run = try bench.lastRun()
                #expect(try bench.store().samples(runID: run.id, metric: "http_total").count == 10)
            }
        }

        @Test("every way to attach pods carries echoes, and datagrams come back from the address that they went to")
        func networks() async throws {
            try await Workbench.with("connectivitynetworks") { bench in
                for network in ["netlink", "bridge", "ptp"] {
                    let found = try await findings(
                        bench,
                        """
                        layer: 4
                        protocol: udp
                        sources: [{name: a}, {kind: node, name: node0}]
                        destinations:
                        - {kind: pod, name: b, port: 80}
                        - {kind: pod, name: c, port: 80}
                        - {kind: node, name: node0, port: 80}
                        - {kind: node, name: node1, port: 80}
                        family: both
                        timeout: 300ms
                        local: {network: \(network)}
                        """,
                        exitCode: 0)
                    #expect(found.count == 16)
                    #expect(found.values.allSatisfy { $0.found == "reached" }, "\(network): \(found)")
                }
            }
        }

        @Test("pairs whose neighbours the kernel has no room for are refused before anything is made")
        func neighbours() async throws {
            try await Workbench.with("connectivityneighbours") { bench in
                let pods = (0..<120).map { "{name: p\($0)}" }.joined(separator: ", ")
                let targets = (0..<120).map { "{kind: pod, name: q\($0)}" }.joined(separator: ", ")
                let file = try bench.write(
                    Self.yaml("layer: 3\nsources: [\(pods)]\ndestinations: [\(targets)]\nlocal: {network: bridge}"),
                    to: "many.yaml")
                let result = try await bench.startRun(file).end(within: .seconds(30))
                #expect(result.exitCode == 3)
                #expect(result.standardError.contains("neighbours, and the kernel keeps"), "\(result.standardError)")
                #expect(result.standardError.contains("local.network: netlink"))
            }
        }

        @Test("the MTU of the path, and datagrams, by the mode iptables")
        func datagramsAndMTU() async throws {
            try await Workbench.with("connectivityudp") { bench in
                let echoed = try await findings(
                    bench,
                    """
                    layer: 4
                    protocol: udp
                    source: {name: a}
                    destinations: [{kind: service, name: s, port: 53}, {kind: pod, name: b, port: 9, expect: refused}]
                    timeout: 300ms
                    local: {proxy: iptables-nft}
                    """,
                    exitCode: 0)
                #expect(echoed["a s:53"]?.found == "reached")
                #expect(echoed["a b:9"]?.found == "refused")
                let file = try bench.write(
                    Self.yaml(
                        "layer: 3\nsource: {name: a}\ndestinations: [{kind: pod, name: b}]\npathMTU: true\ntimeout: 200ms"
                    ),
                    to: "mtu.yaml")
                let result = try await bench.startRun(file).end(within: .seconds(60))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let run = try bench.lastRun()
                #expect(try bench.store().samples(runID: run.id, metric: "path_mtu").map(\.value) == [1_500])
            }
        }

        @Test("when who stands in for a pod is killed, nothing of it could be tested, and nothing is taken for blocked")
        func lostStandIn() async throws {
            try await Workbench.with("connectivitylost") { bench in
                let file = try bench.write(
                    Self.yaml(
                        """
                        layer: 4
                        sources: [{name: a}, {kind: node, name: node0}]
                        destinations:
                        - {kind: pod, name: d, port: 80, expect: blocked}
                        - {kind: pod, name: d, port: 81, expect: refused}
                        count: 20
                        interval: 50ms
                        timeout: 200ms
                        local: {blocks: [{to: d, port: 80}]}
                        """),
                    to: "scenario.yaml")
                let run = try bench.startRun(file)
                #expect(await run.says("trial 1 of 4", within: .seconds(60)))
                try await Task.sleep(for: .milliseconds(500))
                let names = try FileManager.default.contentsOfDirectory(atPath: bench.seen("/run/netns"))
                let pod = try #require(names.first { $0.hasSuffix("netlink-node1-pod0") })
                let agents = try await bench.run(["netns", "pids", pod], program: "ip").standardOutput
                    .split(separator: "\n").compactMap { Int32($0) }
                try #require(agents.count == 1, "\(agents)")
                kill(agents[0], SIGKILL)
                let result = try await run.end(within: .seconds(60))
                #expect(result.exitCode == 4, "\(result.standardError)")
                let record = try bench.lastRun()
                let trials = try bench.store().trials(runID: record.id)
                #expect(trials.map(\.outcome) == [.failed, .failed, .failed, .failed])
                for trial in trials {
                    let reason = try #require(trial.reason)
                    #expect(reason.hasPrefix("could not test: what stands in with listeners at 80"), "\(reason)")
                    #expect(reason.contains("node1/pod0 was lost"), "\(reason)")
                }
                #expect(try bench.store().events(runID: record.id).allSatisfy { $0.name != Finding.name })
                #expect(try bench.store().ledgerEntries().isEmpty)
            }
        }
    }
}
