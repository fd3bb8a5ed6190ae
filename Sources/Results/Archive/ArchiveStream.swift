import LinuxHost
import Synchronization

/// An archive that is somewhere else: each call becomes a line of JSON, written at once and whole.
public final class ArchiveStream: RunArchive {
    private let descriptor: Int32
    /// Why it is broken.
    private let broken = Mutex<String?>(nil)

    /// A stream to an open descriptor, such as standard output.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes the run.
    public func begin(_ run: RunRecord) throws(StoreError) {
        try write(.begin(run))
    }

    /// Writes the definitions.
    public func define(metrics: [MetricRecord]) throws(StoreError) {
        try write(.metrics(metrics))
    }

    /// Writes the facts.
    public func recordEnvironment(runID: String, _ facts: [String: String]) throws(StoreError) {
        try write(.environment(runID: runID, facts: facts))
    }

    /// Writes the event.
    public func event(_ event: EventRecord) throws(StoreError) {
        try write(.event(event))
    }

    /// Writes the trial.
    public func record(
        trial: TrialRecord,
        samples: [SampleRecord],
        histograms: [HistogramRecord],
        artifacts: [ArtifactRecord],
        events: [EventRecord]
    ) throws(StoreError) {
        try write(.trial(trial, samples: samples, histograms: histograms, artifacts: artifacts, events: events))
    }

    /// Writes the end.
    public func finish(runID: String, outcome: RunOutcome, endedAt: Timestamp) throws(StoreError) {
        try write(.finish(runID: runID, outcome: outcome, endedAt: endedAt))
    }

    /// The lock keeps lines apart; after half a line nothing that follows could be understood.
    private func write(_ line: ArchiveLine) throws(StoreError) {
        let bytes = Array("\(try line.text())\n".utf8)
        let reason = broken.withLock { broken in
            if broken == nil {
                do throws(HostError) {
                    try OutputDescriptor.write(bytes, to: descriptor, called: "it")
                } catch {
                    broken = error.description
                }
            }
            return broken
        }
        if let reason {
            throw StoreError(
                code: .other,
                operation: "write to",
                object: "the run's stream",
                reason: reason,
                nextStep: "The process that started this run has gone"
            )
        }
    }
}
