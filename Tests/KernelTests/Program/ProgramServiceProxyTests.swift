import Contract
import Glibc
import Probes
import Processes
import Quantities
import Results
import ServiceProxies
import Statistics
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Service proxies")
    struct ServiceProxies {
        @Test("every mode of this kernel is measured, each answer is believed, and nothing is left")
        func everyMode() async throws {
            try await Workbench.with("proxies") { bench in
                let scenario = ServiceProxyScenario()
                let result = try await bench.startRun(try bench.write(scenario.yaml, to: "scenario.yaml")).end(
                    within: .seconds(120))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let store = try bench.store()
                let trials = try store.trials(runID: try bench.lastRun().id)
                #expect(trials.count == 10)
                #expect(trials.allSatisfy { $0.outcome == .completed })
                for trial in trials where trial.factors["proxy"] != "none" {
                    let values = try bench.samples(of: trial)
                    for metric in [
                        "program_wall", "program_visible", "program_planner", "add_one_visible", "delete_one_visible",
                        "change_endpoint_visible", "restart_wall", "read_back_wall", "connect_first_p50",
                        "connect_last_p99", "connect_random_p999", "udp_first_packet_last_p50", "established_p50",
                        "connection_rate", "churn_failed_share", "churn_changes", "objects", "remove_wall",
                    ] {
                        let sample = try #require(values[metric], "\(trial.variant) has no \(metric)")
                        #expect(!sample.censored, "\(trial.variant): \(metric) was given up")
                        #expect(sample.value >= 0)
                    }
                    #expect(try #require(values["churn_changes"]).value > 0)
                    let artifacts = try store.artifacts(runID: trial.runID, trialID: trial.id)
                    #expect(artifacts.contains { $0.name == "churn-timeline.json" })
                }
            }
        }

        @Test("the last of many services is compared with more rules than the first, but for verdict maps")
        func rules() async throws {
            try await Workbench.with("rules") { bench in
                let scenario = ServiceProxyScenario(
                    proxies: ["iptables-legacy", "iptables-nft"], services: ["100"], measure: ["rules"])
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                #expect(try await bench.startRun(file).end().exitCode == 0)
                let store = try bench.store()
                for trial in try store.trials(runID: try bench.lastRun().id) {
                    let values = try bench.samples(of: trial)
                    let first = try #require(values["rules_traversed_first"]?.value)
                    let last = try #require(values["rules_traversed_last"]?.value)
                    // The list of services is linear: 99 others stand before the last one.
                    #expect((last - first - 99).magnitude < 3, "\(trial.variant): \(first) and \(last)")
                }
            }
        }

        @Test(
            "every value of every key is programmed and reached in every mode",
            arguments: ServiceProxyScenario.everyValue)
        func everyValue(_ more: [String]) async throws {
            try await Workbench.with("values") { bench in
                try await bench.expectMeasured(ServiceProxyScenario().proxies, more)
            }
        }

        @Test("an added service is seen after two syncs and the pause between them, or after one")
        func twoSyncs() async throws {
            try await Workbench.with("twosyncs") { bench in
                for (follow, isBetween) in [("true", true), ("false", false)] {
                    let scenario = ServiceProxyScenario(
                        proxies: ["iptables-nft", "nftables"], services: ["3"], measure: ["add-one"],
                        more: ["sync: {endpointsFollow: \(follow), minSyncPeriod: 5s}"])
                    let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                    #expect(try await bench.startRun(file).end().exitCode == 0)
                    for trial in try bench.store().trials(runID: try bench.lastRun().id) {
                        let values = try bench.samples(of: trial)
                        let visible = try #require(values["add_one_visible"])
                        #expect(!visible.censored)
                        #expect((visible.value >= 5) == isBetween, "\(trial.variant): \(visible.value) s")
                        // The pause is no part of what the syncs cost.
                        #expect(try #require(values["add_one_wall"]).value < 5, "\(trial.variant)")
                    }
                }
            }
        }

        @Test("load balancers beyond the node ports are programmed without one, and reached")
        func beyondNodePorts() async throws {
            try await Workbench.with("balancers") { bench in
                let scenario = ServiceProxyScenario(
                    proxies: ["iptables-legacy", "nftables"], services: ["2800"],
                    measure: ["program", "first-packet"],
                    more: ["serviceType: LoadBalancer", "positions: [first, last]"])
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file).end(within: .seconds(180))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                #expect(trials.count == 2)
                #expect(trials.allSatisfy { $0.outcome == .completed })
            }
        }

        @Test("without a proxy and with nothing but programming to measure, trials are skipped and the run is good")
        func nothingToProgram() async throws {
            try await Workbench.with("nothing") { bench in
                let scenario = ServiceProxyScenario(
                    proxies: ["none", "nftables"], services: ["1"], measure: ["program"])
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file).end()
                #expect(result.exitCode == 0, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                let none = try #require(trials.first { $0.factors["proxy"] == "none" })
                #expect(none.outcome == .skipped)
                #expect(none.reason?.contains("nothing to program") == true, "\(none.reason ?? "")")
            }
        }

        @Test("a client outside of the source ranges does not come through, and is not answered fast")
        func outsideOfRanges() async throws {
            try await Workbench.with("outside") { bench in
                for mode in [ProxyMode.iptablesNFT, .nftables] {
                    // A resource that leaves the client out is refused before it gets here.
                    let probe = ServiceProxyProbe(
                        mode: mode,
                        services: 3,
                        endpoints: 2,
                        exposure: .loadBalancer,
                        sourceRanges: [CIDR(IPAddress(192, 0, 2, 0), clampedPrefixLength: 24)],
                        serviceRange: CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 12),
                        measures: [.firstPacket],
                        positions: [.first],
                        windowNanoseconds: 50_000_000,
                        timeoutNanoseconds: 20_000_000
                    )
                    let agent = ["/usr/bin/unshare", "--net", try BuiltProgram.path(), "agent"]
                    let failure = try #require(try await AgentExchange.failure(agent, probe))
                    #expect(failure.message.contains("came through"), "\(mode): \(failure.message)")
                }
                #expect(try await bench.leftovers().isEmpty)
            }
        }

        @Test("a lock that somebody holds fails the trial with words, and the other modes are measured")
        func lockHeld() async throws {
            try await Workbench.with("lock") { bench in
                let holder = try bench.start(["--no-fork", "/run/xtables.lock", "sleep", "60"], program: "flock")
                let scenario = ServiceProxyScenario(
                    proxies: ["iptables-legacy", "nftables"], services: ["3"], measure: ["program"])
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file).end()
                holder.signal(SIGKILL)
                _ = try await holder.end()
                #expect(result.exitCode == 4, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                let outcomes = Dictionary(
                    trials.map { ($0.factors["proxy"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
                #expect(outcomes["nftables"]?.outcome == .completed)
                let failed = try #require(outcomes["iptables-legacy"])
                #expect(failed.outcome == .failed)
                #expect(failed.reason?.contains("held the lock of iptables") == true, "\(failed.reason ?? "")")
            }
        }

        @Test("a loader that is not installed skips its mode with the package, and the rest is measured")
        func missingLoader() async throws {
            try await Workbench.with("noloader") { bench in
                try await bench.hide(try #require(Programs.find("nft")))
                let scenario = ServiceProxyScenario(
                    proxies: ["iptables-nft", "nftables"], services: ["3"], measure: ["program"])
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file).end()
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                let skipped = try #require(trials.first { $0.factors["proxy"] == "nftables" })
                #expect(skipped.outcome == .skipped)
                #expect(skipped.reason?.contains("nftables") == true, "\(skipped.reason ?? "")")
                #expect(trials.contains { $0.outcome == .completed }, "\(result.standardError)")
            }
        }

        @Test("killed at any moment, a run leaves no program, no namespace and no rule")
        func killed() async throws {
            try await Workbench.with("killproxies") { bench in
                let scenario = ServiceProxyScenario(services: ["300"], repetitions: 3)
                let file = try bench.write(scenario.yaml, to: "scenario.yaml")
                var generator = SeededGenerator(seed: 11)
                for _ in 0..<12 {
                    let run = try bench.startRun(file)
                    try await Task.sleep(for: .milliseconds(Int.random(in: 100..<3_000, using: &generator)))
                    run.signal(SIGKILL)
                    _ = try await run.end()
                    let cleanup = try await bench.run(["cleanup", "--database", bench.database])
                    #expect(cleanup.exitCode == 0, "\(cleanup.standardError)")
                    #expect(try await bench.leftovers().isEmpty)
                }
            }
        }

        @Test("the agent refuses a namespace that is in use, and touches nothing in it")
        func foreignNamespace() async throws {
            try await Workbench.with("inuse") { bench in
                let probe = ServiceProxyProbe(
                    mode: .nftables,
                    services: 1,
                    endpoints: 1,
                    serviceRange: CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 12),
                    measures: [.program],
                    positions: [.first],
                    windowNanoseconds: 1_000_000
                )
                let agent = [try BuiltProgram.path(), "agent"]
                let failure = try #require(try await AgentExchange.failure(agent, probe))
                #expect(failure.message.contains("unshare --net"), "\(failure.message)")
                #expect(try await bench.leftovers().isEmpty)
            }
        }
    }
}
