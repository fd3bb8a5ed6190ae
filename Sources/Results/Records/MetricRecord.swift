public import Contract

/// What a number means: a row of `metrics`.
@dynamicMemberLookup
public struct MetricRecord: Sendable, Hashable {
    /// The metric of the row.
    public var metric: Metric

    /// Makes the row of a metric.
    public init(_ metric: Metric) {
        self.metric = metric
    }

    /// Makes a row; without an identity it is the one that the catalogues have for its name.
    public init(
        name: String,
        id: MetricID? = nil,
        unit: String,
        better: Direction,
        description: String,
        minimumRelevantChange: Double = 0.05,
        judged: Bool = false
    ) {
        metric = Metric(
            name: name,
            id: id ?? MetricCatalogue.id(of: name),
            unit: unit,
            better: better,
            description: description,
            minimumRelevantChange: minimumRelevantChange,
            judged: judged
        )
    }

    /// A column of the row.
    public subscript<Value>(dynamicMember column: WritableKeyPath<Metric, Value>) -> Value {
        get { metric[keyPath: column] }
        set { metric[keyPath: column] = newValue }
    }
}
