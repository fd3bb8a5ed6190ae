import FoundationEssentials

/// What one plugin did where the specification says what it shall do.
public struct ConformanceFinding: Codable, Sendable, Equatable {
    /// How the two go together.
    public enum Verdict: String, Codable, Sendable {
        /// As the specification says.
        case conforms
        /// Otherwise.
        case deviates
        /// The specification's version of this network asks nothing.
        case notApplicable = "not applicable"
    }

    /// What was asked of the plugin.
    public var check: String
    /// What the specification says.
    public var expected: String
    /// What happened.
    public var found: String
    /// How the two go together.
    public var verdict: Verdict

    /// The artifact that an agent hands a list of these over in.
    public static let artifact = "conformance"

    /// The event that hands findings over.
    static func event(_ findings: [ConformanceFinding]) throws(ProbeFailure) -> ProbeEvent {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(findings) else {
            throw ProbeFailure(.system, "the findings could not be written as JSON")
        }
        return .artifact(
            name: artifact, mediaType: "application/json", text: String(decoding: data, as: UTF8.self))
    }

    /// A finding.
    public init(check: String, expected: String, found: String, verdict: Verdict) {
        self.check = check
        self.expected = expected
        self.found = found
        self.verdict = verdict
    }
}
