import Contract

extension MetricRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case identity
    }

    /// Reads a definition; documents of version-1 databases have names alone, for which the catalogues have identities.
    public init(from decoder: any Decoder) throws {
        let metric = try Metric(from: decoder)
        let identity = try decoder.container(keyedBy: CodingKeys.self)
            .decodeIfPresent(MetricID.self, forKey: .identity)
        self.init(
            name: metric.name,
            id: identity,
            unit: metric.unit,
            better: metric.better,
            description: metric.description,
            minimumRelevantChange: metric.minimumRelevantChange,
            judged: metric.judged
        )
    }

    /// Writes a definition with its identity.
    public func encode(to encoder: any Encoder) throws {
        try metric.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(metric.id, forKey: .identity)
    }
}
