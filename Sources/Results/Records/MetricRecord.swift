public import Contract

/// What a number means: a row of `metrics`.
public struct MetricRecord: Sendable, Hashable {
    /// The name that samples and histograms refer to, for example `throughput`.
    public var name: String
    /// What it measures.
    public var id: MetricID
    /// The unit of the stored numbers, for example `bit/s`, `s` or `ratio`.
    public var unit: String
    /// Which direction is the better one.
    public var better: Direction
    /// What it is and where it is measured, in a sentence.
    public var description: String
    /// The smallest relative change that matters, as a fraction: 0.05 is 5 %.
    public var minimumRelevantChange: Double
    /// Whether comparisons give a verdict on it.
    public var judged: Bool

    /// Makes the definition of a metric; without an identity it is the one that the catalogues have for its name.
    public init(
        name: String,
        id: MetricID? = nil,
        unit: String,
        better: Direction,
        description: String,
        minimumRelevantChange: Double = 0.05,
        judged: Bool = false
    ) {
        self.name = name
        self.id = id ?? MetricCatalogue.id(of: name)
        self.unit = unit
        self.better = better
        self.description = description
        self.minimumRelevantChange = minimumRelevantChange
        self.judged = judged
    }

    /// Makes the row of a metric.
    public init(_ metric: Metric) {
        self.init(
            name: metric.name,
            id: metric.id,
            unit: metric.unit,
            better: metric.better,
            description: metric.description,
            minimumRelevantChange: metric.minimumRelevantChange,
            judged: metric.judged
        )
    }

    /// The metric of the row.
    public var metric: Metric {
        Metric(
            name: name,
            id: id,
            unit: unit,
            better: better,
            description: description,
            minimumRelevantChange: minimumRelevantChange,
            judged: judged
        )
    }
}
