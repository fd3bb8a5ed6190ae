/// A trial that has ended, with everything it measured.
public struct RecordedTrial: Sendable, Hashable, Codable {
    /// The trial.
    public var trial: TrialRecord
    /// Its numbers.
    public var samples: [SampleRecord]
    /// Its distributions.
    public var histograms: [HistogramRecord]
    /// Texts worth keeping.
    public var artifacts: [ArtifactRecord]
    /// What happened in it.
    public var events: [EventRecord]

    /// Puts together what belongs to one trial.
    public init(
        _ trial: TrialRecord, samples: [SampleRecord] = [], histograms: [HistogramRecord] = [],
        artifacts: [ArtifactRecord] = [], events: [EventRecord] = []
    ) {
        self.trial = trial
        self.samples = samples
        self.histograms = histograms
        self.artifacts = artifacts
        self.events = events
    }
}
