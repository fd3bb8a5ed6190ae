/// One number with a metric.
public struct Sample: Sendable, Hashable, Codable {
    /// The metric's name.
    public var metric: String
    /// The value in the metric's unit.
    public var value: Double
    /// Whether the true value is at least this: a time-out, right-censored.
    public var censored: Bool

    /// A sample.
    public init(metric: String, value: Double, censored: Bool = false) {
        self.metric = metric
        self.value = value
        self.censored = censored
    }
}
