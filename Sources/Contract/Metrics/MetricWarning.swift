/// What a reader must know of trials in which a metric is above 0.
public struct MetricWarning: Sendable, Equatable {
    /// What the metric that is warned of measures.
    public let id: MetricID
    /// What happened in those trials: `the load generator itself was the limit`.
    public let what: String
    /// What that means for their numbers.
    public let consequence: String

    /// All warnings.
    public static let all = [
        MetricWarning(
            id: ProbeMetrics.generatorLimited.id, what: "the load generator itself was the limit",
            consequence: "those numbers show the machine's processors rather than the network"
        )
    ]
}
