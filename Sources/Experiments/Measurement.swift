/// What a completed trial found.
public struct Measurement: Sendable, Equatable {
    /// One number with a metric.
    public struct Sample: Sendable, Equatable {
        /// The metric's name.
        public var metric: String
        /// The value in the metric's unit.
        public var value: Double
        /// Whether the true value is at least this: a time-out.
        public var censored: Bool

        /// A sample.
        public init(metric: String, value: Double, censored: Bool = false) {
            self.metric = metric
            self.value = value
            self.censored = censored
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

    /// A measurement.
    public init(
        samples: [Sample] = [],
        histograms: [String: String] = [:],
        artifacts: [Artifact] = [],
        remarks: [String] = []
    ) {
        self.samples = samples
        self.histograms = histograms
        self.artifacts = artifacts
        self.remarks = remarks
    }

    /// The first value of a metric, if the trial reported it.
    public func value(of metric: String) -> Double? {
        samples.first { $0.metric == metric }?.value
    }
}
