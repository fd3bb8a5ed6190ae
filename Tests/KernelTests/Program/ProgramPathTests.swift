import Contract
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Paths of a network")
    struct Paths {
        @Test(
            "every path is measured, each way through a service by another proxy, and nothing stays",
            arguments: ["iptables-legacy", "nftables"])
        func all(proxy: String) async throws {
            try await Workbench.with("paths") { bench in
                let run = try bench.startRun(
                    ShippedScenario.path("paths.yaml"), "--repetitions", "1",
                    "--set", "spec.networks=[{name: bridge, preset: bridge}]", "--set", "spec.proxy=\(proxy)",
                    "--set", "spec.settle={maximumBackground: 100%, window: 10ms, patience: 10ms}")
                let result = try await run.end(within: .seconds(120))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                // Eleven paths by two tests, of the network and of the bare nodes.
                #expect(
                    trials.map(\.outcome) == Array(repeating: .completed, count: 44), "\(trials.compactMap(\.reason))")
                #expect(Set(trials.compactMap { $0.factors["path"] }).count == 11)
                for trial in trials {
                    #expect(try #require(try bench.samples(of: trial)["latency_p50"]).value > 0)
                }
                #expect(try await bench.leftovers().isEmpty)
            }
        }

        @Test("streams run beside what is measured on every path, through the same service")
        func loaded() async throws {
            try await Workbench.with("paths") { bench in
                let run = try bench.startRun(
                    ShippedScenario.path("paths.yaml"), "--repetitions", "1",
                    "--set", "spec.networks=[{name: bridge, preset: bridge}]",
                    "--set",
                    "spec.tests=[{name: rr, tool: latency, protocol: udp, pattern: request-response, messageSize: 64B,"
                        + " duration: 200ms, load: {streams: 2, direction: both}}]",
                    "--set", "spec.settle={maximumBackground: 100%, window: 10ms, patience: 10ms}")
                let result = try await run.end(within: .seconds(120))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                // Eleven paths, idle and loaded, of the network and of the bare nodes.
                #expect(
                    trials.map(\.outcome) == Array(repeating: .completed, count: 44), "\(trials.compactMap(\.reason))")
                for trial in trials {
                    let samples = try bench.samples(of: trial)
                    for way in [StreamDirection.up, .down] {
                        let carried = samples[ProbeMetrics.loadThroughput(way).name]
                        if trial.factors["load"] == "loaded" {
                            #expect(try #require(carried).value > 1e6, "\(trial.variant)")
                        } else {
                            #expect(carried == nil)
                        }
                    }
                }
                #expect(try await bench.leftovers().isEmpty)
            }
        }

        @Test(
            "a path that one network has not is a finding of that network, with the reason, and the others are measured"
        )
        func absent() async throws {
            try await Workbench.with("paths") { bench in
                // A bridge that sends nothing back to where it came from: a pod does not reach itself through its service.
                let list = try bench.write(
                    """
                    {"cniVersion": "1.0.0", "name": "{{name}}", "plugins": [{"type": "bridge", "bridge": "cni0",
                      "isGateway": true, "hairpinMode": false, "ipam": {"type": "host-local", "dataDir": "{{dataDir}}",
                      "ranges": [[{"subnet": "{{podCIDR}}"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
                    """, to: "plain.conflist")
                var scenario = Scenario()
                scenario.networks = ["{name: bridge, preset: bridge}", "{name: plain, conflist: \(list)}"]
                scenario.paths = ["same-node", "hairpin"]
                let run = try bench.startRun(try bench.write(scenario.yaml, to: "plain.yaml"))
                let result = try await run.end(within: .seconds(120))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                let skipped = trials.filter { $0.outcome != .completed }
                #expect(trials.count == 7 && skipped.count == 1)
                #expect(skipped.first?.factors["network"] == "plain" && skipped.first?.factors["path"] == "hairpin")
                #expect(skipped.first?.outcome == .skipped)
                #expect(skipped.first?.reason?.contains("plain has no path hairpin over ipv4") == true)
            }
        }
    }
}
