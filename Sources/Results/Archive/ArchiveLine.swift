import Foundation

/// One thing that a run tells its archive, as a line of JSON on its way to another process.
public enum ArchiveLine: Sendable, Hashable, Codable {
    /// A run begins.
    case begin(RunRecord)
    /// Metrics are defined.
    case metrics([MetricRecord])
    /// Facts about where the run takes place.
    case environment(runID: String, facts: [String: String])
    /// Something happened.
    case event(EventRecord)
    /// A trial ended.
    case trial(
        TrialRecord,
        samples: [SampleRecord],
        histograms: [HistogramRecord],
        artifacts: [ArtifactRecord],
        events: [EventRecord]
    )
    /// The run ended.
    case finish(runID: String, outcome: RunOutcome, endedAt: Timestamp)

    /// Reads a line; what is no such line is an error that says where it is wrong.
    public init(parsing text: String) throws(StoreError) {
        do {
            self = try JSONDecoder().decode(ArchiveLine.self, from: Data(text.utf8))
        } catch {
            throw StoreError(
                code: .invalidDocument,
                operation: "read",
                object: "a line of the run's stream",
                reason: DecodingProblem.words(for: error),
                nextStep: "The lines come from this very program in a kernel guest; report this as a defect"
            )
        }
    }

    /// The line without its line feed.
    public func text() throws(StoreError) -> String {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            throw StoreError(
                code: .invalidRecord,
                operation: "write",
                object: "a line of the run's stream",
                reason: "\(error)",
                nextStep: "Numbers have to be finite"
            )
        }
    }

    /// Tells it to an archive.
    public func apply(to archive: any RunArchive) throws(StoreError) {
        switch self {
        case .begin(let run): try archive.begin(run)
        case .metrics(let metrics): try archive.define(metrics: metrics)
        case .environment(let runID, let facts): try archive.recordEnvironment(runID: runID, facts)
        case .event(let event): try archive.event(event)
        case .trial(let trial, let samples, let histograms, let artifacts, let events):
            try archive.record(
                trial: trial, samples: samples, histograms: histograms, artifacts: artifacts, events: events)
        case .finish(let runID, let outcome, let endedAt):
            try archive.finish(runID: runID, outcome: outcome, endedAt: endedAt)
        }
    }
}
