/// What one number measures: its name, its unit, and which way is better.
///
/// Units are SI base units (`bit/s`, `s`, `1/s`, `ratio`, `count`); reports scale them for people.
public struct Metric: Sendable, Hashable, Codable {
    /// The name under which samples are stored, such as `latency_p99`.
    public let name: String

    /// The unit of every sample of this metric.
    public let unit: String

    /// Which way is better.
    public let better: Direction

    /// One sentence for people.
    public let description: String

    /// The smallest relative change that matters: 0.05 means that less than 5 % is of no interest.
    public let minimumRelevantChange: Double

    /// Whether comparisons judge this metric, or only show it.
    public let judged: Bool

    /// Describes a metric.
    public init(
        name: String,
        unit: String,
        better: Direction,
        description: String,
        minimumRelevantChange: Double = 0.05,
        judged: Bool = true
    ) {
        self.name = name
        self.unit = unit
        self.better = better
        self.description = description
        self.minimumRelevantChange = minimumRelevantChange
        self.judged = judged
    }
}
