/// A whole run as one JSON document: what `runs export` writes and `runs import` reads.
struct RunDocument: Codable, Equatable {
    static let format = "networkmachinery.io/run"
    static let version = 1

    /// A trial with everything measured in it.
    struct Trial: Codable, Equatable {
        var trial: TrialRecord
        var samples: [SampleRecord]
        var histograms: [HistogramRecord]
        var artifacts: [ArtifactRecord]
    }

    var format = RunDocument.format
    var version = RunDocument.version
    var run: RunRecord
    var environment: [String: String]
    var metrics: [MetricRecord]
    var trials: [Trial]
    var events: [EventRecord]
}
