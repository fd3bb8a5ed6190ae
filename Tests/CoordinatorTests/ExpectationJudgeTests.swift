import Contract
import Resources
import Results
import Statistics
import Testing

@testable import Coordinator

@Suite("Expectations against results")
struct ExpectationJudgeTests {
    private static let scope = ExpressionScope(
        own: "s", steps: ["s", "other", "skipped"], factors: ["size": .quantity(.unit("B")), "mode": .text]
    ) { metric in MetricCatalogue.all.first { $0.name == metric }?.unit }

    private static func trial(
        _ network: String, _ samples: [(String, Double, Bool)], histogram: [UInt64] = [],
        outcome: TrialOutcome = .completed,
        findings: [Finding] = []
    ) throws -> StepResults.Trial {
        var recorded = LatencyHistogram()
        for value in histogram { recorded.record(nanoseconds: value) }
        return StepResults.Trial(
            factors: ["network": network], outcome: outcome, reason: nil,
            samples: samples.map { SampleRecord(trialID: "t", metric: $0.0, value: $0.1, censored: $0.2) },
            histograms: histogram.isEmpty ? [:] : ["latency": recorded.json()],
            findings: StepResults.Found.all(
                in: try findings.map {
                    EventRecord(runID: "r", trialID: "t", name: Finding.name, detail: try $0.json())
                }))
    }

    private static func judge() throws -> ExpectationJudge {
        var state = StepResults.State()
        state.outcome = "completed"
        for metric in MetricCatalogue.all { state.metrics[metric.name] = MetricRecord(metric) }
        state.trials = [
            try trial(
                "bridge", [("throughput", 1e9, false), ("loss", 0.5, false), ("rtt_p50", 0.1, false)],
                histogram: Array(repeating: 1_000_000, count: 99) + [50_000_000],
                findings: [Finding(check: "tcp", expected: "reached", found: "timed out", verdict: .failed)]),
            try trial("bridge", [("throughput", 3e9, false), ("rtt_p50", 0.2, false), ("latency", 1, true)]),
            try trial(
                "ptp", [("throughput", 8e9, false), ("rtt_p50", 0.3, true)],
                findings: [Finding(check: "tcp", expected: "reached", found: "reached", verdict: .passed)]),
            try trial("ptp", [("throughput", 1, false)], outcome: .failed),
        ]
        var skipped = StepResults.State()
        skipped.outcome = StepEnd.skipped
        return ExpectationJudge(
            results: ["s": state, "other": StepResults.State(), "skipped": skipped],
            cell: Scenario.Cell(levels: [
                .init(factor: "size", level: try level("64B")), .init(factor: "mode", level: try level("fast")),
            ]), seed: 1)
    }

    /// A level as the matrix of a resource has it.
    private static func level(_ text: String) throws -> Scenario.MatrixLevel {
        let scenario =
            try ScenarioStage.document("matrix: {x: [\(text)]}\nsteps:\n- name: a\n  RESOURCE").resource as? Scenario
        return try #require(scenario?.spec.matrix.first?.levels.first)
    }

    private func finding(_ text: String) throws -> Finding {
        try Self.judge().finding(try Expectation(parsing: text, in: Self.scope))
    }

    @Test(
        "what is true is, and what is not is not",
        arguments: [
            ("throughput.median == 3Gbit", true), ("throughput.mean == 4Gbit", true), ("throughput.count == 3", true),
            ("throughput(network: \"bridge\").median == 2Gbit", true), ("throughput.max > 8Gbit", false),
            ("throughput.min == 1Gbit", true), ("throughput.p90 == 8Gbit", true),
            ("throughput.max / throughput.min == 8", true), ("throughput.max - throughput.min > 6.9 Gbit", true),
            ("findings.count == 2", true), ("findings.count(verdict: \"failed\") == 1", true),
            ("findings.count(found: \"reached\", network: \"bridge\") == 0", true), ("trials.count == 4", true),
            ("trials.count(outcome: \"failed\") == 1", true), ("outcome == \"completed\"", true),
            ("outcome != \"completed\" or loss.mean == 50%", true), ("not (loss.mean == 0.5)", false),
            ("latency.p50 < 1.01 ms and latency.p50 > 0.99 ms", true), ("latency.p99 > 40 ms", true),
            ("latency.count == 101", true), ("matrix.size == 64 B and matrix.mode == 'fast'", true),
            ("rtt_p50.median == 200ms", true), ("rtt_p50.min == 100ms", true), ("1 + 2 * 3 == 7", true),
            ("-(1 - 2) == 1", true), ("verdict(throughput, throughput) == 'inconclusive'", true),
        ])
    func truths(_ text: String, _ isTrue: Bool) throws {
        let finding = try finding(text)
        #expect(finding.verdict == (isTrue ? .passed : .failed), "\(finding)")
        #expect(finding.detail.isEmpty && finding.check == text)
    }

    @Test(
        "what was never measured, or is not known, is an error and never true",
        arguments: [
            ("loss(network: \"ptp\").mean < 1 or true", "the step s has no value of loss with network ptp"),
            ("true or jitter.mean < 1s", "the step s has no value of jitter: it was never measured"),
            ("throughput(path: \"x\").mean < 1Gbit", "no trial of s has a path; there is network"),
            ("other.outcome == 'completed'", "the step other was not run"),
            ("not (other.throughput.count == 0)", "the step other was not run"),
            ("skipped.findings.count == 0", "the step skipped was skipped"),
            ("rtt_p50.max < 1s", "1 of 3 values of rtt_p50 are time-outs"), ("rtt_p50.mean < 1s", "are time-outs"),
            ("latency.max < 1s", "1 of 101 values of latency are time-outs"),
            ("latency.p999 > 1ns", "are time-outs"), ("1 / (1 - 1) > 0", "it is divided by 0"),
            ("findings.count(source: \"a\") == 0", "nothing there has a source"),
            ("findings.count(network: \"brigde\") == 0", "nothing was measured with the network brigde"),
            ("trials.count(network: \"brigde\") == 0", "nothing was measured with the network brigde"),
            ("verdict(throughput, other.throughput) == 'unchanged'", "the step other was not run"),
        ])
    func errors(_ text: String, _ words: String) throws {
        let finding = try finding(text)
        #expect(finding.verdict == .failed && finding.found == "not known", "\(finding)")
        #expect(finding.detail.contains(words), "\(finding.detail)")
    }

    @Test(
        "any sentence of the language has an answer: it is met, or not, or not known with a place in its text",
        arguments: 0..<20)
    func total(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let judge = try Self.judge()
        var read = 0
        for _ in 0..<200 {
            let text = Self.comparison(&generator, depth: 4)
            guard let expectation = try? Expectation(parsing: text, in: Self.scope) else { continue }
            read += 1
            let finding = judge.finding(expectation)
            #expect(finding.verdict != .shown)
            #expect(finding.detail.isEmpty == (finding.found != "not known"))
            if !finding.detail.isEmpty {
                #expect(finding.verdict == .failed && finding.detail.hasPrefix("at character "))
            }
            let opposite = try Expectation(parsing: "not (\(text))", in: Self.scope)
            let other = judge.finding(opposite)
            // The opposite of what is not known is not known either.
            #expect(finding.detail.isEmpty ? other.verdict != finding.verdict : other.verdict == .failed, "\(text)")
        }
        #expect(read > 50)
    }

    private static func comparison(_ generator: inout SeededGenerator, depth: Int) -> String {
        guard depth > 0, Int.random(in: 0..<3, using: &generator) > 0 else {
            let sign = ["==", "!=", "<", "<=", ">", ">="].randomElement(using: &generator) ?? "<"
            let unit = Int.random(in: 0..<2, using: &generator)
            return "\(value(&generator, unit, depth)) \(sign) \(value(&generator, unit, depth))"
        }
        let (left, right) = (comparison(&generator, depth: depth - 1), comparison(&generator, depth: depth - 1))
        return ["(\(left)) and (\(right))", "\(left) or \(right)", "not (\(left))"].randomElement(using: &generator)
            ?? left
    }

    private static func value(_ generator: inout SeededGenerator, _ unit: Int, _ depth: Int) -> String {
        let leaves = [
            [
                "1", "0", "2.5", "findings.count", "trials.count(outcome: \"failed\")", "loss.mean",
                "skipped.trials.count",
            ],
            [
                "1ms", "0ns", "latency.p50", "latency.max", "rtt_p50.median", "other.rtt_p50.max",
                "rtt_p50(network: \"ptp\").min",
            ],
        ]
        let leaf = leaves[unit].randomElement(using: &generator) ?? "1"
        guard depth > 0, Bool.random(using: &generator) else { return leaf }
        let sign = ["+", "-"].randomElement(using: &generator) ?? "+"
        return ["(\(leaf) \(sign) \(value(&generator, unit, depth - 1)))", "2 * \(leaf)", "-\(leaf)", "\(leaf) / 0.5"]
            .randomElement(using: &generator) ?? leaf
    }
}
