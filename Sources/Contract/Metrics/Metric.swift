/// What one number measures: its name, its unit, and which way is better.
///
/// Units are SI base units (`bit/s`, `s`, `1/s`, `ratio`, `count`); reports scale them for people.
public struct Metric: Sendable, Hashable {
    /// The name under which samples are stored, such as `latency_p99`.
    public var name: String

    /// What it measures.
    public var id: MetricID

    /// The unit of every sample of this metric.
    public var unit: String

    /// Which way is better.
    public var better: Direction

    /// One sentence for people.
    public var description: String

    /// The smallest relative change that matters: 0.05 means that less than 5 % is of no interest.
    public var minimumRelevantChange: Double

    /// Whether comparisons judge this metric, or only show it.
    public var judged: Bool

    /// Describes a metric; without an identity its name is the whole subject.
    public init(
        name: String,
        id: MetricID? = nil,
        unit: String,
        better: Direction,
        description: String,
        minimumRelevantChange: Double = 0.05,
        judged: Bool = true
    ) {
        self.name = name
        self.id = id ?? MetricID(name)
        self.unit = unit
        self.better = better
        self.description = description
        self.minimumRelevantChange = minimumRelevantChange
        self.judged = judged
    }

    /// Describes a metric that is named after what it measures.
    public init(
        _ id: MetricID,
        unit: String,
        better: Direction,
        description: String,
        minimumRelevantChange: Double = 0.05,
        judged: Bool = false
    ) {
        self.init(
            name: id.name,
            id: id,
            unit: unit,
            better: better,
            description: description,
            minimumRelevantChange: minimumRelevantChange,
            judged: judged
        )
    }
}

extension Metric: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, unit, better, description, minimumRelevantChange, judged
    }

    /// Reads a metric as reports in JSON have it, without its identity.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .name)
        self.init(
            name: name,
            id: MetricCatalogue.id(of: name),
            unit: try container.decode(String.self, forKey: .unit),
            better: try container.decode(Direction.self, forKey: .better),
            description: try container.decode(String.self, forKey: .description),
            minimumRelevantChange: try container.decode(Double.self, forKey: .minimumRelevantChange),
            judged: try container.decode(Bool.self, forKey: .judged)
        )
    }

    /// Writes a metric; its identity is the store's, and programs that read reports know metrics by name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(unit, forKey: .unit)
        try container.encode(better, forKey: .better)
        try container.encode(description, forKey: .description)
        try container.encode(minimumRelevantChange, forKey: .minimumRelevantChange)
        try container.encode(judged, forKey: .judged)
    }
}
