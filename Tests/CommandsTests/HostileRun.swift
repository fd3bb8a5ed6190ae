import Contract
import Foundation
import Results
import TestSupport

/// A stored run whose every text is hostile: one level a class, a trial each, and one trial that failed with all of them.
enum HostileRun {
    /// The hostile texts that may be levels: an import takes none that are longer.
    static let levels = HostileText.all.map(\.text).filter { $0.unicodeScalars.count <= 200 && !$0.isEmpty }

    /// Records it, and returns its id.
    static func record(in store: Store, label: String = "a=b") throws -> String {
        let parts = label.split(separator: "=").map(String.init)
        let (key, value) = (parts[0], parts[1])
        let texts = levels
        let design: [String: Any] = [
            "comparedFactor": "net'\u{301}`id`", "baseline": texts[0],
            "factors": [["name": "net'\u{301}`id`", "levels": texts]],
        ]
        let run = RunRecord(
            kind: "K\r\nx", name: "it's \u{1B}[31mred\u{1B}[0m", testbed: "local", seed: 1,
            design: String(decoding: try JSONSerialization.data(withJSONObject: design), as: UTF8.self),
            toolVersion: "v\u{9B}31m", labels: [key: value, "l": "\u{1B}]0;t\u{7}"]
        )
        try store.begin(run)
        try store.define(metrics: [
            MetricRecord(
                name: "latency_p50", unit: "s", better: .lower, description: "Median.\r\n\"x\"", judged: true)
        ])
        try store.recordEnvironment(runID: run.id, ["key\u{7}": texts.joined()])
        let now = Timestamp.now()
        for (position, text) in texts.enumerated() {
            let trial = TrialRecord(
                runID: run.id, variant: text, factors: ["net'\u{301}`id`": text], block: 0, position: position,
                startedAt: now, endedAt: now, outcome: .completed
            )
            try store.record(
                trial: trial, samples: [SampleRecord(trialID: trial.id, metric: "latency_p50", value: 1e-05)],
                histograms: [], artifacts: []
            )
        }
        let failed = TrialRecord(
            runID: run.id, variant: texts[0], factors: ["net'\u{301}`id`": texts[0]], block: 1, position: 0,
            startedAt: now,
            endedAt: now, outcome: .failed, reason: HostileText.all.map(\.text).joined(separator: "\n")
        )
        try store.record(trial: failed, samples: [], histograms: [], artifacts: [])
        try store.finish(runID: run.id, outcome: .trialsFailed)
        return run.id
    }
}
