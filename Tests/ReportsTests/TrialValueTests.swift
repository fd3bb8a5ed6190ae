import Contract
import Results
import Statistics
import Testing

@testable import Reports

@Suite("values of trials, and what is left out")
struct TrialValueTests {
    @Test("a trial that did not complete has no value, whatever it recorded", arguments: TrialOutcome.allCases)
    func outcomes(outcome: TrialOutcome) {
        let trial = RunTrial(
            id: "t", variant: "v", factors: [:], block: 0, position: 0, outcome: outcome,
            samples: ["m": [.init(value: 7)]])
        #expect(trial.value(of: "m") == (outcome == .completed ? 7 : nil))
        #expect((trial.outcome(of: "m") == nil) == (outcome != .completed))
    }

    @Test("failed trials are not in medians, and are counted beside them")
    func medians() throws {
        var run = SampleRun.run(failing: false)
        let index = try #require(run.trials.firstIndex { $0.samples["throughput"] != nil })
        run.trials[index].outcome = .failed
        run.trials[index].samples["throughput"] = [.init(value: 1)]
        let factors = run.trials[index].factors
        #expect(run.values(of: "throughput", at: factors).count == 5)
        #expect(!run.values(of: "throughput", at: factors).contains { $0.value == 1 })
    }

    /// The base at 1, the candidate at 10, which is the time waited for in all of its trials.
    private static func run(id: String, value: Double, timedOut: Bool, level: String = "bridge") -> RunData {
        var run = SmallRun.run
        run.id = id
        run.trials = (0..<8).map { block in
            RunTrial(
                id: "\(id)-\(block)", variant: level, factors: ["network": level, "test": "rr"], block: block,
                position: 0, outcome: .completed,
                samples: ["latency_p50": [.init(value: value + Double(block) / 100, censored: timedOut)]])
        }
        run.design.factors[0].levels = [level]
        run.design.baseline = nil
        return run
    }

    @Test("the candidate's time-outs are not judged as if they had been measured")
    func candidateTimeOuts() throws {
        // Slower at most, so that the time-outs could reverse it: nothing is certain.
        let better = RunComparison(
            base: Self.run(id: "a", value: 10, timedOut: false), candidate: Self.run(id: "b", value: 1, timedOut: true))
        let row = try #require(better.rows.first)
        #expect(row.result.verdict == .inconclusive && row.result.reason.hasPrefix("8 of 16 values are time-outs"))
        let worse = RunComparison(
            base: Self.run(id: "a", value: 1, timedOut: false), candidate: Self.run(id: "b", value: 10, timedOut: true))
        #expect(worse.rows.first?.result.verdict == .regressed)
        #expect(worse.rows.first?.result.reason.contains("8 of 16 values are time-outs") == true)
    }

    @Test("within a run the candidate's time-outs are none either")
    func levelTimeOuts() throws {
        var run = Self.run(id: "a", value: 10, timedOut: false, level: "host")
        let other = Self.run(id: "b", value: 1, timedOut: true, level: "bridge")
        run.trials += other.trials
        run.design.factors[0].levels = ["host", "bridge"]
        run.design.baseline = "host"
        let row = try #require(ReportModel(run).comparisons.first?.rows.first)
        #expect(row.result.verdict == .inconclusive && row.result.reason.hasPrefix("8 of 16 values are time-outs"))
    }
}
