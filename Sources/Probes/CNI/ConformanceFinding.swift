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

    /// A finding.
    public init(check: String, expected: String, found: String, verdict: Verdict) {
        self.check = check
        self.expected = expected
        self.found = found
        self.verdict = verdict
    }
}
