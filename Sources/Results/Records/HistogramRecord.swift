/// The distribution of one metric in one trial: a row of `histograms`.
public struct HistogramRecord: Sendable, Hashable, Codable {
    /// The trial that it was measured in.
    public var trialID: String
    /// The name of the metric.
    public var metric: String
    /// The counts as JSON: `{"unit":"ns","significantDigits":3,"counts":[[value,count],…]}`.
    public var data: String

    /// Makes a histogram of a trial.
    public init(trialID: String, metric: String, data: String) {
        self.trialID = trialID
        self.metric = metric
        self.data = data
    }
}
