/// An observation of a metric.
@dynamicMemberLookup
public struct Sample: Sendable, Hashable {
    /// The metric's name.
    public var metric: String
    /// What was observed.
    public var observation: Observation

    /// A sample.
    public init(metric: String, value: Double, censored: Bool = false) {
        self.metric = metric
        observation = Observation(value: value, censored: censored)
    }

    /// The value, or whether it is a bound.
    public subscript<Value>(dynamicMember member: WritableKeyPath<Observation, Value>) -> Value {
        get { observation[keyPath: member] }
        set { observation[keyPath: member] = newValue }
    }
}

extension Sample: Codable {
    private enum CodingKeys: String, CodingKey {
        case metric
    }

    /// Reads `metric`, `value` and `censored` from one object.
    public init(from decoder: any Decoder) throws {
        metric = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .metric)
        observation = try Observation(from: decoder)
    }

    /// Writes `metric`, `value` and `censored` into one object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(metric, forKey: .metric)
        try observation.encode(to: encoder)
    }
}
