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
    }
}
