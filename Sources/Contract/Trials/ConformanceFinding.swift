import FoundationEssentials

/// What one network did where a specification says what it shall do.
///
/// An agent hands a list of them over as an artifact; in the store each is an event, its detail the JSON of one.
public struct ConformanceFinding: Codable, Sendable, Equatable {
    /// How the two go together.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// As the specification says.
        case conforms
        /// Otherwise.
        case deviates
        /// The specification's version of this network asks nothing.
        case notApplicable = "not applicable"
    }

    /// The name of the agent's artifact and of the store's events.
    public static let name = "conformance"

    /// The network, as a level of the compared factor; empty in an agent, which does not know its name.
    public var network: String
    /// What was asked.
    public var check: String
    /// What the specification says.
    public var expected: String
    /// What happened.
    public var found: String
    /// How the two go together.
    public var verdict: Verdict

    /// A finding.
    public init(network: String = "", check: String, expected: String, found: String, verdict: Verdict) {
        self.network = network
        self.check = check
        self.expected = expected
        self.found = found
        self.verdict = verdict
    }

    /// Reads a finding; what does not apply was neither expected nor found, so those two may be absent.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            network: try container.decodeIfPresent(String.self, forKey: .network) ?? "",
            check: try container.decode(String.self, forKey: .check),
            expected: try container.decodeIfPresent(String.self, forKey: .expected) ?? "",
            found: try container.decodeIfPresent(String.self, forKey: .found) ?? "",
            verdict: try container.decode(Verdict.self, forKey: .verdict)
        )
    }

    private enum CodingKeys: String, CodingKey {
        case network, check, expected, found, verdict
    }

    /// Writes a finding; without the network where that is not known.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if !network.isEmpty { try container.encode(network, forKey: .network) }
        try container.encode(check, forKey: .check)
        try container.encode(expected, forKey: .expected)
        try container.encode(found, forKey: .found)
        try container.encode(verdict, forKey: .verdict)
    }

    /// The finding on one line, keys sorted.
    public func json() throws -> String { try Self.text(self) }

    /// A list of findings on one line, keys sorted.
    public static func json(_ findings: [ConformanceFinding]) throws -> String { try text(findings) }

    private static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Reads one finding from its JSON.
    public init(json: String) throws {
        self = try JSONDecoder().decode(ConformanceFinding.self, from: Data(json.utf8))
    }

    /// Reads a list of findings from its JSON.
    public static func list(json: String) throws -> [ConformanceFinding] {
        try JSONDecoder().decode([ConformanceFinding].self, from: Data(json.utf8))
    }
}
