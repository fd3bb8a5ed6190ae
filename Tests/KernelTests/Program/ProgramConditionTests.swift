import Contract
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Conditions of a measurement")
    struct Conditions {
        @Test(
            "the degraded network: every condition holds, and no trial is without a result",
            .enabled(if: ShapingSetting.isThere, Comment(rawValue: ShapingSetting.reason)))
        func degradedNetwork() async throws {
            try await Workbench.with("degraded") { bench in
                let run = try bench.startRun(
                    ShippedScenario.path("degraded-network.yaml"), "--repetitions", "1",
                    "--set", "spec.networks=[{name: bridge, preset: bridge}]")
                let result = try await run.end(within: .seconds(600))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let (store, record) = (try bench.store(), try bench.lastRun())
                let trials = try store.trials(runID: record.id)
                #expect(
                    trials.map(\.outcome) == Array(repeating: .completed, count: 8), "\(trials.compactMap(\.reason))")
                for trial in trials where trial.factors["condition"] == "delay-10ms" {
                    let samples = try bench.samples(of: trial)
                    let (before, during) = (samples["shaping_round_trip_before"], samples["shaping_round_trip_during"])
                    #expect(try #require(before).value < 0.01 && #require(during).value > 0.0097)
                }
                #expect(try store.ledgerEntries().isEmpty)
            }
        }

        @Test("offloads are on and off while trials run, which say what they cost the kernel")
        func offloads() async throws {
            try await Workbench.with("offloads") { bench in
                let test = "{name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, "
                let run = try bench.startRun(
                    ShippedScenario.path("offloads.yaml"), "--repetitions", "1",
                    "--set", "spec.tests=[\(test)duration: 200ms, omit: 500ms}]",
                    "--set",
                    "spec.conditions=[{name: cut, offloads: {tso: off}, end: both}, {name: lro, offloads: {lro: on}}]")
                let result = try await run.end(within: .seconds(120))
                #expect(result.exitCode == 4, "\(result.standardError)")
                let (store, record) = (try bench.store(), try bench.lastRun())
                for trial in try store.trials(runID: record.id) {
                    if trial.factors["condition"] == "lro" {
                        #expect(trial.outcome == .invalid)
                        #expect(
                            trial.reason?.contains("cannot turn on lro of eth0: the device does not have it") == true)
                        continue
                    }
                    #expect(trial.outcome == .completed, "\(trial.reason ?? "")")
                    let samples = try bench.samples(of: trial)
                    #expect(samples["retransmits_server"] != nil && samples["interface_drops_server"] != nil)
                    // A client that came too late to the end of its warm-up says none of it.
                    let told = ["softirq_cpu", "softirq_cpu_per_kilotransaction", "softnet_squeezed", "retransmits"]
                    let found = told.filter { samples[$0] != nil }
                    #expect(found == told || found.isEmpty)
                }
                #expect(try store.ledgerEntries().isEmpty)
            }
        }
    }
}
