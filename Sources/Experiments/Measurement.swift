public import Contract

/// What a completed trial found.
public struct Measurement: Sendable, Equatable {
    /// Something worth an event of its own.
    public struct Event: Sendable, Equatable {
        /// What kind of event it is.
        public var name: String
        /// What there is to say about it, as text or JSON.
        public var detail: String

        /// An event.
        public init(name: String, detail: String) {
            self.name = name
            self.detail = detail
        }
    }

    /// Numbers.
    public var samples: [Sample]
    /// Histograms as JSON, by metric.
    public var histograms: [String: String]
    /// Texts worth keeping, such as a tool's own output.
    public var artifacts: [Artifact]
    /// Remarks on the trial, such as that the generator was the limit.
    public var remarks: [String]
    /// Findings that are no numbers.
    public var events: [Event]
    /// Stretches of the trial's time in which something held.
    public var spans: [Span]
    /// Quantities over the trial's time.
    public var series: [Series]

    /// A measurement.
    public init(
        samples: [Sample] = [],
        histograms: [String: String] = [:],
        artifacts: [Artifact] = [],
        remarks: [String] = [],
        events: [Event] = [],
        spans: [Span] = [],
        series: [Series] = []
    ) {
        self.samples = samples
        self.histograms = histograms
        self.artifacts = artifacts
        self.remarks = remarks
        self.events = events
        self.spans = spans
        self.series = series
    }

    /// The first value of a metric, if the trial reported it.
    public func value(of metric: String) -> Double? {
        samples.first { $0.metric == metric }?.value
    }
}
