/// One number with a metric: a row of `samples`.
public struct SampleRecord: Sendable, Hashable, Codable {
    /// The trial that it was measured in.
    public var trialID: String
    /// The name of the metric; its unit is in `metrics`.
    public var metric: String
    /// The number, in the unit of the metric; always finite.
    public var value: Double
    /// Whether the true value is larger: the measurement was given up at `value` (right-censored).
    public var censored: Bool

    /// Makes a sample of a trial.
    public init(trialID: String, metric: String, value: Double, censored: Bool = false) {
        self.trialID = trialID
        self.metric = metric
        self.value = value
        self.censored = censored
    }
}
