import Contract
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Packets per second")
    struct Packets {
        @Test("packets are counted on every path, through the same service, and a search says where it ended")
        func all() async throws {
            try await Workbench.with("packets") { bench in
                let run = try bench.startRun(
                    ShippedScenario.path("paths.yaml"), "--repetitions", "1",
                    "--set", "spec.networks=[{name: bridge, preset: bridge}]",
                    "--set",
                    "spec.tests=[{name: flood, tool: packets, protocol: udp, pattern: flood, messageSize: [64B, 1400B],"
                        + " duration: 100ms}, {name: rate, tool: packets, protocol: udp, pattern: highest-rate, messageSize: 64B,"
                        + " lossBelow: 40%, duration: 100ms}]",
                    "--set", "spec.settle={maximumBackground: 100%, window: 10ms, patience: 10ms}")
                let result = try await run.end(within: .seconds(180))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                // Eleven paths by two sizes and a search, of the network and of the bare nodes.
                #expect(
                    trials.map(\.outcome) == Array(repeating: .completed, count: 66), "\(trials.compactMap(\.reason))")
                for trial in trials {
                    let samples = try bench.samples(of: trial)
                    let isSearch = trial.factors["test"] == "rate"
                    let metric = isSearch ? ProbeMetrics.highestPacketRate : ProbeMetrics.packetRate
                    #expect(try #require(samples[metric.name]).value > 100, "\(trial.variant)")
                    #expect(try #require(samples[ProbeMetrics.cpuPerKilopacket.name]).value > 0, "\(trial.variant)")
                    #expect((samples[ProbeMetrics.searchSteps.name] != nil) == isSearch)
                }
                #expect(try await bench.leftovers().isEmpty)
            }
        }
    }
}
