import Contract
import Foundation
import Results
import Statistics
import Testing

@testable import Reports

@Suite("runs are read from the store")
struct StoreTests {
    @Test("what was recorded comes back: design, metrics, samples, merged histograms, timelines, events")
    func roundTrip() throws {
        let scratch = try Scratch()
        let store = try Store.open(at: scratch.path + "/results.sqlite")
        let run = try Self.record(into: store, design: Self.design, histogram: nil)
        let loaded = try RunData.load(store, runID: run)
        #expect(loaded.design.baseline == "host" && loaded.design.comparedFactor == "network")
        #expect(loaded.metrics.map(\.name) == ["latency_p50", "undefined_metric"])
        #expect(loaded.metrics.first?.judged == true && loaded.metrics.last?.judged == false)
        #expect(loaded.environment == ["kernel.release": "6.18"])
        #expect(loaded.trials.map(\.outcome) == [.completed, .failed])
        #expect(loaded.trials.first?.samples["latency_p50"] == [.init(value: 1e-05)])
        #expect(loaded.trials.first?.histograms["latency"]?.count == 2)
        #expect(loaded.trials.map { $0.timeline?.connects } == [123, nil] && loaded.trials[0].timelineProblem == nil)
        #expect(loaded.events.map(\.name) == ["settled"])
        #expect(ReportModel(loaded).failures.map(\.reason) == ["refused"])
    }

    @Test("a run without a design is reported by what its trials hold")
    func noDesign() throws {
        let scratch = try Scratch()
        let store = try Store.open(at: scratch.path + "/results.sqlite")
        let loaded = try RunData.load(store, runID: Self.record(into: store, design: "{}", histogram: nil))
        #expect(loaded.design.comparedFactor == "network")
        #expect(loaded.design.levels(of: "network") == ["host", "bridge"])
    }

    @Test("a run that is not there, a strange design and a broken histogram are errors that say what")
    func errors() throws {
        let scratch = try Scratch()
        let store = try Store.open(at: scratch.path + "/results.sqlite")
        let missing = #expect(throws: ReportError.self) { try RunData.load(store, runID: "nothing") }
        #expect(missing?.description.contains("reading run nothing") == true)
        let design = try Self.record(into: store, design: #"{"factors":7}"#, histogram: nil)
        let strange = #expect(throws: ReportError.self) { try RunData.load(store, runID: design) }
        #expect(strange?.description.contains("the design is not what this program writes") == true)
        let broken = try Self.record(into: store, design: Self.design, histogram: #"{"unit":"furlong"}"#)
        let histogram = #expect(throws: ReportError.self) { try RunData.load(store, runID: broken) }
        #expect(histogram?.description.contains("histogram latency of trial") == true)
    }

    private static let design = """
        {"comparedFactor":"network","baseline":"host","factors":[{"name":"network","levels":["host","bridge"]}]}
        """

    private static func record(into store: Store, design: String, histogram: String?) throws -> String {
        let run = RunRecord(kind: "K", name: "n", testbed: "local", seed: .max, design: design, toolVersion: "v")
        try store.begin(run)
        try store.define(metrics: [
            MetricRecord(name: "latency_p50", unit: "s", better: .lower, description: "Median.", judged: true)
        ])
        try store.recordEnvironment(runID: run.id, ["kernel.release": "6.18"])
        var measured = LatencyHistogram()
        measured.record(nanoseconds: 10_000)
        measured.record(nanoseconds: 12_000)
        let now = Timestamp.now()
        let good = TrialRecord(
            runID: run.id, variant: "host", factors: ["network": "host"], block: 0, position: 0, startedAt: now,
            endedAt: now, outcome: .completed
        )
        try store.record(
            trial: good,
            samples: [
                SampleRecord(trialID: good.id, metric: "latency_p50", value: 1e-05),
                SampleRecord(trialID: good.id, metric: "undefined_metric", value: 3),
            ],
            histograms: [HistogramRecord(trialID: good.id, metric: "latency", data: histogram ?? measured.json())],
            artifacts: [
                ArtifactRecord(trialID: good.id, name: "tool.txt", mediaType: "text/plain", data: "not JSON"),
                ArtifactRecord(
                    trialID: good.id, name: "churn-timeline.json", mediaType: "application/json",
                    data: ChurnTimelineTests.json
                ),
            ]
        )
        let bad = TrialRecord(
            runID: run.id, variant: "bridge", factors: ["network": "bridge"], block: 0, position: 1, startedAt: now,
            endedAt: now, outcome: .failed, reason: "refused"
        )
        try store.record(trial: bad, samples: [], histograms: [], artifacts: [])
        try store.event(EventRecord(runID: run.id, at: now, name: "settled"))
        try store.finish(runID: run.id, outcome: .trialsFailed)
        return run.id
    }
}
