import Contract
import Foundation
import Results
import Statistics

/// A document with a little of everything that reports read: sizes, panels, failures, distributions, a timeline, findings.
enum ImportedDocument {
    static let networks = ["floor", "bridge"]
    static let sizes = ["1", "10", "100"]

    /// The text of the document, as `runs export` writes it.
    static func json() throws -> String {
        let scratch = try Scratch()
        let store = try Store.open(at: scratch.path + "/results.sqlite")
        let id = try record(into: store)
        return try store.export(runID: id)
    }

    private static let design = """
        {"comparedFactor":"network","baseline":"floor","scaleFactor":"pods","facetFactor":"operation",\
        "panelFactor":"path","factors":[{"name":"network","levels":["floor","bridge"]},\
        {"name":"operation","levels":["lifecycle"]},{"name":"path","levels":["same-node","other-node"]},\
        {"name":"pods","levels":["1","10","100"]}],"thresholds":[{"metric":"add_p50","limit":0.05}]}
        """

    private static let timeline = """
        {"binSeconds":0.1,"bins":[{"at":0,"connects":12,"failed":1,"p50":0.0001,"p99":0.001,"deadPackets":2},\
        {"at":0.1,"connects":9,"failed":0,"p50":0.0002}],"changes":[{"at":0.05,"returned":0.08,"visible":0.09}]}
        """

    private static let finding = """
        {"network":"bridge","check":"ADD","expected":"success","found":"success","verdict":"conforms"}
        """

    private static func record(into store: Store) throws -> String {
        let at = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)
        let run = RunRecord(
            id: "01JDAAAAAA0000000000000001", kind: "CNIBenchmark", name: "imported", testbed: "local", seed: 42,
            startedAt: at, resource: #"{"kind":"CNIBenchmark","spec":{"pods":[1,10,100],"seed":1}}"#, design: design,
            toolVersion: "0.1.0", labels: ["branch": "main"]
        )
        try store.begin(run)
        try store.define(metrics: [
            MetricRecord(name: "add_p50", unit: "s", better: .lower, description: "ADD, median.", judged: true),
            MetricRecord(name: "rate", unit: "1/s", better: .higher, description: "Pods in a second.", judged: true),
            MetricRecord(name: "rules", unit: "count", better: .neither, description: "Rules.", judged: false),
        ])
        try store.recordEnvironment(runID: run.id, ["kernel.release": "6.18", "cpu.model": "a processor"])
        var position = 0
        for block in 0..<2 {
            for network in networks {
                for path in ["same-node", "other-node"] {
                    for size in sizes {
                        try record(trial(run, block, position, [network, path, size], at), into: store)
                        position += 1
                    }
                }
            }
        }
        try store.event(EventRecord(runID: run.id, at: at, name: "conformance", detail: finding))
        try store.event(EventRecord(runID: run.id, at: at, name: "settled", detail: "background CPU 3 %"))
        try store.finish(runID: run.id, outcome: .trialsFailed, endedAt: at)
        return run.id
    }

    private static func trial(
        _ run: RunRecord, _ block: Int, _ position: Int, _ levels: [String], _ at: Timestamp
    ) -> TrialRecord {
        let fails = position == 5
        return TrialRecord(
            id: "01JDAAAAAA00000000000000" + String(10 + position), runID: run.id,
            variant: "network=\(levels[0]) path=\(levels[1]) pods=\(levels[2])",
            factors: ["network": levels[0], "operation": "lifecycle", "path": levels[1], "pods": levels[2]],
            block: block, position: position, startedAt: at, endedAt: at, outcome: fails ? .failed : .completed,
            reason: fails ? "the plugin failed" : nil
        )
    }

    private static func record(_ trial: TrialRecord, into store: Store) throws {
        guard trial.outcome == .completed else { return try store.record(trial: trial) }
        let size = Double(trial.factors["pods"] ?? "") ?? 1
        var histogram = LatencyHistogram()
        for step in 1...20 { histogram.record(nanoseconds: UInt64(1_000_000 * step) + UInt64(trial.position)) }
        try store.record(
            trial: trial,
            samples: [
                SampleRecord(trialID: trial.id, metric: "add_p50", value: 0.01 + size / 1e4),
                SampleRecord(
                    trialID: trial.id, metric: "rate", value: 80 + Double(trial.position), censored: size > 50),
                SampleRecord(trialID: trial.id, metric: "rules", value: size),
            ],
            histograms: [HistogramRecord(trialID: trial.id, metric: "add_p50", data: histogram.json())],
            artifacts: [
                ArtifactRecord(
                    trialID: trial.id, name: "churn-timeline.json", mediaType: "application/json", data: timeline)
            ]
        )
    }
}
