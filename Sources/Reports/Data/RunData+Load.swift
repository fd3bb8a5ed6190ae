import Contract
import Foundation
public import Results
import Statistics

extension RunData {
    /// Reads a run from the store, with everything that its report shows.
    ///
    /// - Parameters:
    ///   - store: The open store.
    ///   - runID: An identifier, a prefix of one, `latest`, or a label `key=value`.
    public static func load(_ store: Store, runID: String) throws(ReportError) -> RunData {
        do {
            let record = try store.run(runID)
            var run = try loadAlone(store, record)
            run.steps = try store.runs(matching: RunFilter(parent: record.id)).reversed().map { step in
                let start = seconds(from: record.startedAt, to: step.startedAt)
                let length = step.endedAt.map { seconds(from: step.startedAt, to: $0) } ?? 0
                return Step(
                    name: step.parent?.step ?? step.name, start: start, end: start + length,
                    run: try loadAlone(store, step))
            }
            return run
        } catch let error as ReportError {
            throw error
        } catch {
            throw .storeUnreadable(run: runID, reason: "\(error)")
        }
    }

    private static func loadAlone(_ store: Store, _ run: RunRecord) throws -> RunData {
        try RunData(
            run: run, environment: store.environment(runID: run.id), trials: store.trials(runID: run.id),
            samples: store.samples(runID: run.id), histograms: store.histograms(runID: run.id),
            events: store.events(runID: run.id), metrics: store.metrics(),
            timelines: store.artifacts(runID: run.id, named: Timeline.artifact),
            series: store.artifacts(runID: run.id, named: Series.artifact),
            pairs: store.artifacts(runID: run.id, named: PairTable.artifact)
        )
    }

    /// By the calendar's clock: to be shown, and never a measurement.
    private static func seconds(from start: Timestamp, to end: Timestamp) -> Double {
        Double(max(0, end.millisecondsSinceEpoch - start.millisecondsSinceEpoch)) / 1000
    }

    /// Joins a run's records.
    init(
        run: RunRecord, environment: [String: String], trials: [TrialRecord], samples: [SampleRecord],
        histograms: [HistogramRecord], events: [EventRecord], metrics: [MetricRecord],
        timelines: [ArtifactRecord] = [], series: [ArtifactRecord] = [], pairs: [ArtifactRecord] = []
    ) throws(ReportError) {
        let samplesByTrial = Dictionary(grouping: samples, by: \.trialID)
        var histogramsByTrial: [String: [String: LatencyHistogram]] = [:]
        for record in histograms {
            let histogram = try Self.histogram(record, run: run.id)
            if var earlier = histogramsByTrial[record.trialID]?[record.metric] {
                earlier.merge(histogram)
                histogramsByTrial[record.trialID]?[record.metric] = earlier
            } else {
                histogramsByTrial[record.trialID, default: [:]][record.metric] = histogram
            }
        }
        let timelinesByTrial = Dictionary(timelines.map { ($0.trialID, $0.data) }) { first, _ in first }
        let seriesByTrial = Dictionary(series.map { ($0.trialID, $0.data) }) { first, _ in first }
        let pairsByTrial = Dictionary(pairs.map { ($0.trialID, $0.data) }) { first, _ in first }
        let joined = trials.map { trial in
            RunTrial(
                id: trial.id, variant: trial.variant, factors: trial.factors, block: trial.block,
                position: trial.position, outcome: trial.outcome, reason: trial.reason,
                seconds: Self.seconds(from: trial.startedAt, to: trial.endedAt),
                samples: Dictionary(grouping: samplesByTrial[trial.id] ?? [], by: \.metric).mapValues { records in
                    records.map(\.sample.observation)
                },
                histograms: histogramsByTrial[trial.id] ?? [:]
            ).with(timeline: timelinesByTrial[trial.id]).with(
                start: Self.seconds(from: run.startedAt, to: trial.startedAt), series: seriesByTrial[trial.id]
            ).with(pairs: pairsByTrial[trial.id])
        }
        let used = Set(samples.map(\.metric))
        self.init(
            id: run.id, kind: run.kind, name: run.name, testbed: run.testbed, seed: run.seed,
            startedAt: run.startedAt.description, endedAt: run.endedAt?.description, outcome: run.outcome,
            resource: run.resource, toolVersion: run.toolVersion, labels: run.labels,
            design: try Self.design(run, joined), environment: environment, trials: joined,
            metrics: Self.metrics(metrics, used: used),
            events: events.map {
                Event(at: $0.at.description, trialID: $0.trialID, name: $0.name, detail: $0.detail)
            }
        )
    }

    private static func design(_ run: RunRecord, _ trials: [RunTrial]) throws(ReportError) -> Design {
        guard !Design.isAbsent(run.design) else { return Design.inferred(from: trials) }
        do {
            return try JSONDecoder().decode(Design.self, from: Data(run.design.utf8))
        } catch {
            throw .malformedRecord(run: run.id, what: "the design", reason: "\(error)")
        }
    }

    private static func histogram(_ record: HistogramRecord, run: String) throws(ReportError) -> LatencyHistogram {
        do {
            return try LatencyHistogram(json: record.data)
        } catch {
            throw .malformedRecord(
                run: run, what: "histogram \(record.metric) of trial \(record.trialID)", reason: "\(error)"
            )
        }
    }

    /// The metrics that the run has samples of, in the store's order; ones that were never defined come last, unjudged.
    private static func metrics(_ records: [MetricRecord], used: Set<String>) -> [Metric] {
        let known = records.filter { used.contains($0.name) }.map(\.metric)
        let names = Set(known.map(\.name))
        return known
            + used.subtracting(names).sorted().map { name in
                Metric(name: name, unit: "1", better: .neither, description: name, judged: false)
            }
    }
}
