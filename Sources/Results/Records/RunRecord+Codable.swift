extension RunRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, kind, name, testbed, seed, startedAt, endedAt, outcome, resource, design, toolVersion, labels, parent
    }

    /// Reads a run; the seed is decimal text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let seedText = try container.decode(String.self, forKey: .seed)
        guard let seed = UInt64(seedText) else {
            throw DecodingError.dataCorruptedError(
                forKey: .seed,
                in: container,
                debugDescription: "expected a whole number from 0 to \(UInt64.max) as text, found \"\(seedText)\""
            )
        }
        self.init(
            id: try container.decode(String.self, forKey: .id),
            kind: try container.decode(String.self, forKey: .kind),
            name: try container.decode(String.self, forKey: .name),
            testbed: try container.decode(String.self, forKey: .testbed),
            seed: seed,
            startedAt: try container.decode(Timestamp.self, forKey: .startedAt),
            endedAt: try container.decodeIfPresent(Timestamp.self, forKey: .endedAt),
            outcome: try container.decode(RunOutcome.self, forKey: .outcome),
            resource: try container.decode(String.self, forKey: .resource),
            design: try container.decode(String.self, forKey: .design),
            toolVersion: try container.decode(String.self, forKey: .toolVersion),
            labels: try container.decode([String: String].self, forKey: .labels),
            parent: try container.decodeIfPresent(RunParent.self, forKey: .parent)
        )
    }

    /// Writes a run; the seed becomes text, because JSON readers commonly hold numbers as 64-bit floats.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(kind, forKey: .kind)
        try container.encode(name, forKey: .name)
        try container.encode(testbed, forKey: .testbed)
        try container.encode(String(seed), forKey: .seed)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encodeIfPresent(endedAt, forKey: .endedAt)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(resource, forKey: .resource)
        try container.encode(design, forKey: .design)
        try container.encode(toolVersion, forKey: .toolVersion)
        try container.encode(labels, forKey: .labels)
        try container.encodeIfPresent(parent, forKey: .parent)
    }
}
