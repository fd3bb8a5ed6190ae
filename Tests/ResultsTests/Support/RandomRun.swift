import Contract
import Results

/// A run with everything that can be in one, drawn from a generator: the input of property tests.
struct RandomRun {
    let run: RunRecord
    let environment: [String: String]
    let metrics: [MetricRecord]
    let trials:
        [(trial: TrialRecord, samples: [SampleRecord], histograms: [HistogramRecord], artifacts: [ArtifactRecord])]
    let events: [EventRecord]

    init(using generator: inout some RandomNumberGenerator) {
        func pick<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &generator) }
        func text() -> String {
            let pieces = [
                "a", "Z9", " ", "\"", "\\", "\n", "\t", "\u{1}", "é", "😀", "/", "{", "]", "'", "--", "\u{2028}", "%s",
            ]
            return (0..<Int.random(in: 0...6, using: &generator)).map { _ in pick(pieces) ?? "" }.joined()
        }
        func dictionary() -> [String: String] {
            Dictionary((0..<Int.random(in: 0...4, using: &generator)).map { _ in (text(), text()) }) { first, _ in first
            }
        }
        func moment() -> Timestamp {
            Timestamp(millisecondsSinceEpoch: .random(in: 0...4_000_000_000_000, using: &generator))
        }
        func number() -> Double {
            let pattern = Double(bitPattern: .random(in: 0...UInt64.max, using: &generator))
            let special: [Double] = [
                0, 0.1, -1, 1e21, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 9_007_199_254_740_992, 1.0 / 3,
            ]
            return pattern.isFinite && Bool.random(using: &generator) ? pattern : pick(special) ?? 0
        }
        let names = ["throughput", "latency_p50", "jitter"]
        var run = RunRecord(
            kind: text(), name: text(), testbed: "local", seed: .random(in: 0...UInt64.max, using: &generator),
            startedAt: moment(), endedAt: Bool.random(using: &generator) ? moment() : nil,
            outcome: pick(RunOutcome.allCases) ?? .running, toolVersion: text(), labels: dictionary()
        )
        run.resource = #"{"b": 1.50, "a": [null]}"#
        metrics = names.map { name in
            MetricRecord(
                name: name, unit: "unit of \(name)", better: pick(Direction.allCases) ?? .lower,
                description: text(), minimumRelevantChange: abs(number()), judged: .random(using: &generator)
            )
        }
        trials = (0..<Int.random(in: 0...5, using: &generator)).map { block in
            let outcome = pick(TrialOutcome.allCases) ?? .completed
            let trial = TrialRecord(
                runID: run.id, variant: text(), factors: dictionary(), block: block,
                position: .random(in: 0...9, using: &generator), startedAt: moment(), endedAt: moment(),
                outcome: outcome,
                reason: outcome == .completed ? nil : "because " + text()
            )
            let count = 0..<Int.random(in: 0...4, using: &generator)
            return (
                trial,
                count.map { _ in
                    SampleRecord(
                        trialID: trial.id, metric: pick(names) ?? "", value: number(),
                        censored: .random(using: &generator)
                    )
                },
                count.map { HistogramRecord(trialID: trial.id, metric: names[0], data: "{\"counts\": [[\($0), 1]]}") },
                count.map { _ in ArtifactRecord(trialID: trial.id, name: text(), mediaType: text(), data: text()) }
            )
        }
        events = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            EventRecord(
                runID: run.id, trialID: Bool.random(using: &generator) ? text() : nil, at: moment(), name: text(),
                detail: text()
            )
        }
        environment = dictionary()
        self.run = run
    }

    /// Stores the run as a coordinator does.
    func record(in store: any RunArchive) throws {
        try store.define(metrics: metrics)
        try store.begin(run)
        try store.recordEnvironment(runID: run.id, environment)
        for part in trials {
            try store.record(
                trial: part.trial, samples: part.samples, histograms: part.histograms, artifacts: part.artifacts,
                events: []
            )
        }
        for event in events {
            try store.event(event)
        }
    }
}
