public import Contract

/// A sample and its trial: a row of `samples`.
@dynamicMemberLookup
public struct SampleRecord: Sendable, Hashable {
    /// The trial that it was measured in.
    public var trialID: String
    /// What was measured; its unit is in `metrics`, and its value always finite.
    public var sample: Sample

    /// Makes the row of a sample.
    public init(trialID: String, _ sample: Sample) {
        self.trialID = trialID
        self.sample = sample
    }

    /// Makes a row.
    public init(trialID: String, metric: String, value: Double, censored: Bool = false) {
        self.init(trialID: trialID, Sample(metric: metric, value: value, censored: censored))
    }

    /// The metric of the row.
    public var metric: String { sample.metric }

    /// The column `value` or `censored`.
    public subscript<Value>(dynamicMember column: WritableKeyPath<Observation, Value>) -> Value {
        get { sample.observation[keyPath: column] }
        set { sample.observation[keyPath: column] = newValue }
    }
}

extension SampleRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case trialID
    }

    /// Reads the row as one object.
    public init(from decoder: any Decoder) throws {
        trialID = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .trialID)
        sample = try Sample(from: decoder)
    }

    /// Writes the row as one object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(trialID, forKey: .trialID)
        try sample.encode(to: encoder)
    }
}
