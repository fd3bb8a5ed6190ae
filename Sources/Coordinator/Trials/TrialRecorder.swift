import Contract
import Experiments
import Results

/// Stores trials as they end, counts them, and says what is worth saying of them.
struct TrialRecorder: Sendable {
    let runID: String
    let store: any RunArchive
    let observer: any RunObserver
    let tally: TrialTally

    private var told: Set<String> = []
    /// What ended, and is not stored yet.
    private var pending: [RecordedTrial] = []

    init(runID: String, store: any RunArchive, observer: any RunObserver, tally: TrialTally) {
        self.runID = runID
        self.store = store
        self.observer = observer
        self.tally = tally
    }

    /// A trial with what it measured, and with what was measured around it.
    mutating func record(
        _ trial: TrialRecord,
        _ measurement: Measurement,
        of variant: Variant,
        around surroundings: [Sample],
        _ events: [Measurement.Event]
    ) throws {
        tell(measurement.remarks, about: variant)
        let remarks = measurement.remarks.map { Measurement.Event(name: "remark", detail: $0) }
        let spans = try measurement.spans.map { Measurement.Event(name: Span.name, detail: try $0.json()) }
        var artifacts = measurement.artifacts
        if !measurement.series.isEmpty {
            let text = try Series.json(measurement.series)
            artifacts.append(Artifact(name: Series.artifact, mediaType: "application/json", text: text))
        }
        pending.append(
            recorded(
                trial, measurement.samples + surroundings, measurement.histograms, artifacts,
                events + remarks + measurement.events + spans))
    }

    /// A trial that has no measurement, with the reason and what was counted all the same.
    mutating func record(
        _ trial: TrialRecord, _ failure: TrialFailure, of variant: Variant, _ events: [Measurement.Event] = []
    ) {
        var trial = trial
        trial.outcome = failure.outcome
        trial.reason = failure.reason
        pending.append(recorded(trial, failure.samples, [:], failure.artifacts, events))
        observer.observe(
            .trialFailed(variant: variant.description, outcome: failure.outcome.rawValue, reason: failure.reason)
        )
    }

    /// Stores what was recorded since the last time, in one transaction: a turn may have hundreds of trials.
    mutating func commit() throws {
        guard !pending.isEmpty else { return }
        try store.record(pending)
        for recorded in pending {
            let outcome = recorded.trial.outcome
            if outcome == .completed { tally.countCompleted() } else { tally.count(outcome.rawValue) }
        }
        pending = []
    }

    private func recorded(
        _ trial: TrialRecord,
        _ samples: [Sample],
        _ histograms: [String: String],
        _ artifacts: [Artifact],
        _ events: [Measurement.Event]
    ) -> RecordedTrial {
        RecordedTrial(
            trial,
            samples: samples.map { SampleRecord(trialID: trial.id, $0) },
            histograms: histograms.map { HistogramRecord(trialID: trial.id, metric: $0.key, data: $0.value) },
            artifacts: artifacts.map {
                ArtifactRecord(trialID: trial.id, name: $0.name, mediaType: $0.mediaType, data: $0.text)
            },
            events: events.map { EventRecord(runID: runID, trialID: trial.id, name: $0.name, detail: $0.detail) }
        )
    }

    /// Says each remark on a variant once: it mostly holds for all of its trials.
    private mutating func tell(_ remarks: [String], about variant: Variant) {
        for remark in remarks where told.insert("\(variant.key): \(remark)").inserted {
            observer.observe(.remark("\(variant): \(remark)"))
        }
    }
}
