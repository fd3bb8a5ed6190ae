/// What takes a run in while it goes: the store, or a stream of lines to a process that has the store.
public protocol RunArchive: Sendable {
    /// Adds a run.
    func begin(_ run: RunRecord) throws(StoreError)

    /// Adds definitions of metrics.
    func define(metrics: [MetricRecord]) throws(StoreError)

    /// Adds facts about where the run takes place.
    func recordEnvironment(runID: String, _ facts: [String: String]) throws(StoreError)

    /// Adds an event to its run.
    func event(_ event: EventRecord) throws(StoreError)

    /// Adds a trial that has ended with everything it measured.
    func record(
        trial: TrialRecord,
        samples: [SampleRecord],
        histograms: [HistogramRecord],
        artifacts: [ArtifactRecord],
        events: [EventRecord]
    ) throws(StoreError)

    /// Adds trials that ended together: all of them, or (on an error of a store) none.
    func record(_ trials: [RecordedTrial]) throws(StoreError)

    /// Adds events that came together.
    func events(_ events: [EventRecord]) throws(StoreError)

    /// Sets how and when a run ended.
    func finish(runID: String, outcome: RunOutcome, endedAt: Timestamp) throws(StoreError)
}

extension RunArchive {
    /// One after the other, for archives without transactions.
    public func record(_ trials: [RecordedTrial]) throws(StoreError) {
        for trial in trials {
            try record(
                trial: trial.trial, samples: trial.samples, histograms: trial.histograms, artifacts: trial.artifacts,
                events: trial.events)
        }
    }

    /// One after the other, for archives without transactions.
    public func events(_ events: [EventRecord]) throws(StoreError) {
        for event in events { try self.event(event) }
    }

    /// Sets how a run ended, now.
    public func finish(runID: String, outcome: RunOutcome) throws(StoreError) {
        try finish(runID: runID, outcome: outcome, endedAt: .now())
    }
}

extension Store: RunArchive {}
