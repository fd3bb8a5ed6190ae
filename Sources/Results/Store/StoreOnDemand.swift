import Synchronization

/// A store that is opened, and made where there is none, when something is to be written: what was refused leaves no
/// file.
public final class StoreOnDemand: StoreSource, RunArchive {
    private let path: String
    private let opened = Mutex<Store?>(nil)

    /// The store at this path, which need not be there.
    public init(path: String) {
        self.path = path
    }

    /// Opens it for reading and writing; the first call makes what is missing.
    public func store() throws(StoreError) -> Store {
        try opened.withLock { opened throws(StoreError) in
            if let opened { return opened }
            let store = try Store.open(at: path)
            opened = store
            return store
        }
    }

    /// Adds a run.
    public func begin(_ run: RunRecord) throws(StoreError) { try store().begin(run) }

    /// Adds definitions of metrics.
    public func define(metrics: [MetricRecord]) throws(StoreError) { try store().define(metrics: metrics) }

    /// Adds facts about where the run takes place.
    public func recordEnvironment(runID: String, _ facts: [String: String]) throws(StoreError) {
        try store().recordEnvironment(runID: runID, facts)
    }

    /// Adds an event to its run.
    public func event(_ event: EventRecord) throws(StoreError) { try store().event(event) }

    /// Adds a trial that has ended with everything it measured.
    public func record(
        trial: TrialRecord,
        samples: [SampleRecord],
        histograms: [HistogramRecord],
        artifacts: [ArtifactRecord],
        events: [EventRecord]
    ) throws(StoreError) {
        try store().record(
            trial: trial, samples: samples, histograms: histograms, artifacts: artifacts, events: events)
    }

    /// Adds trials that ended together, in one transaction.
    public func record(_ trials: [RecordedTrial]) throws(StoreError) { try store().record(trials) }

    /// Adds events that came together, in one transaction.
    public func events(_ events: [EventRecord]) throws(StoreError) { try store().events(events) }

    /// Sets how and when a run ended.
    public func finish(runID: String, outcome: RunOutcome, endedAt: Timestamp) throws(StoreError) {
        try store().finish(runID: runID, outcome: outcome, endedAt: endedAt)
    }
}
