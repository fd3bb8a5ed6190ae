import Contract

extension MetricRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, unit, better, description, minimumRelevantChange, judged
        case id = "identity"
    }

    /// Reads a definition; documents of version-1 databases have names alone, for which the catalogues have identities.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            id: try container.decodeIfPresent(MetricID.self, forKey: .id),
            unit: try container.decode(String.self, forKey: .unit),
            better: try container.decode(Direction.self, forKey: .better),
            description: try container.decode(String.self, forKey: .description),
            minimumRelevantChange: try container.decode(Double.self, forKey: .minimumRelevantChange),
            judged: try container.decode(Bool.self, forKey: .judged)
        )
    }

    /// Writes a definition with its identity.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(id, forKey: .id)
        try container.encode(unit, forKey: .unit)
        try container.encode(better, forKey: .better)
        try container.encode(description, forKey: .description)
        try container.encode(minimumRelevantChange, forKey: .minimumRelevantChange)
        try container.encode(judged, forKey: .judged)
    }
}
