/// A whole run as one JSON document: what `runs export` writes and `runs import` reads.
public struct RunDocument: Sendable, Codable, Equatable {
    static let format = "networkmachinery.io/run"
    static let version = 1

    /// A trial with everything measured in it.
    public struct Trial: Sendable, Codable, Equatable {
        /// The trial itself.
        public var trial: TrialRecord
        /// Its numbers.
        public var samples: [SampleRecord]
        /// Its distributions.
        public var histograms: [HistogramRecord]
        /// What was kept of it as it was.
        public var artifacts: [ArtifactRecord]

        /// Puts a trial together.
        public init(
            trial: TrialRecord,
            samples: [SampleRecord] = [],
            histograms: [HistogramRecord] = [],
            artifacts: [ArtifactRecord] = []
        ) {
            self.trial = trial
            self.samples = samples
            self.histograms = histograms
            self.artifacts = artifacts
        }
    }

    var format = RunDocument.format
    var version = RunDocument.version
    /// The run itself.
    public var run: RunRecord
    /// What is known about where it ran.
    public var environment: [String: String]
    /// What its numbers mean.
    public var metrics: [MetricRecord]
    /// The trials that have ended, by block and position.
    public var trials: [Trial]
    /// What happened during the run.
    public var events: [EventRecord]

    /// Puts a document together.
    public init(
        run: RunRecord,
        environment: [String: String],
        metrics: [MetricRecord],
        trials: [Trial],
        events: [EventRecord]
    ) {
        self.run = run
        self.environment = environment
        self.metrics = metrics
        self.trials = trials
        self.events = events
    }
}
