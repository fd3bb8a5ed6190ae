import Contract
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Several pairs at once")
    struct Pairs {
        @Test("pairs, an incast and its reverse run together, of both tools and of the bare nodes, and nothing stays")
        func all() async throws {
            try await Workbench.with("pairs") { bench in
                let run = try bench.startRun(
                    ShippedScenario.path("pairs.yaml"), "--repetitions", "1",
                    "--set", "spec.baseline=host", "--set", "spec.networks=[{name: bridge, preset: bridge}]",
                    "--set", "spec.paths=[same-node, other-node]", "--set", "spec.pairs=[1-1, 3-3, 3-1, 1-3]",
                    // Long enough that what a busy machine starts late still counts as together.
                    "--set", "spec.tests[0].duration=2s", "--set", "spec.tests[1].duration=2s",
                    "--set", "spec.settle={maximumBackground: 100%, window: 10ms, patience: 10ms}")
                let result = try await run.end(within: .seconds(300))
                #expect(result.exitCode == 0, "\(result.standardError)")
                let store = try bench.store()
                let runID = try bench.lastRun().id
                let trials = try store.trials(runID: runID)
                let all = try store.samples(runID: runID)
                // Four forms on two paths by two tests, of the network and of the bare nodes.
                #expect(
                    trials.map(\.outcome) == Array(repeating: .completed, count: 32), "\(trials.compactMap(\.reason))")
                for trial in trials {
                    let samples = all.filter { $0.trialID == trial.id }
                    func values(_ metric: Metric) -> [Double] {
                        samples.filter { $0.metric == metric.name }.map(\.value)
                    }
                    let isStream = trial.factors["test"] == "stream"
                    let each = values(isStream ? ProbeMetrics.pairThroughput : ProbeMetrics.pairTransactionRate)
                    let total = values(isStream ? ProbeMetrics.throughput : ProbeMetrics.transactionRate)
                    guard trial.factors["pairs"] != "1-1" else {
                        #expect(each.isEmpty && values(ProbeMetrics.fairness).isEmpty && total.count == 1)
                        continue
                    }
                    #expect(each.count == 3 && each.allSatisfy { $0 > 0 }, "\(trial.variant)")
                    let sum = try #require(total.first)
                    #expect(abs(sum - each.reduce(0, +)) <= sum * 1e-9)
                    let fairness = try #require(values(ProbeMetrics.fairness).first)
                    #expect(fairness > 1.0 / 3 - 1e-9 && fairness <= 1 + 1e-9)
                }
                #expect(try await bench.leftovers().isEmpty)
            }
        }
    }
}
