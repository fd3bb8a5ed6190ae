import Foundation

/// What one network did in one check of a specification.
///
/// Recorded as an event named `conformance`, whose detail is JSON: `network`, `check`, `expected`, `found` and
/// `verdict`.
public struct ConformanceFinding: Sendable, Equatable, Codable {
    /// Whether what was found is what the specification says.
    public enum Verdict: String, Sendable, Codable, CaseIterable {
        /// As the specification says.
        case conforms
        /// Otherwise than the specification says.
        case deviates
        /// The check does not concern this network.
        case notApplicable = "not applicable"
    }

    /// The name of the events that hold findings.
    public static let eventName = "conformance"

    /// The network, as a level of the compared factor.
    public let network: String
    /// The check, in a few words.
    public let check: String
    /// What the specification asks for.
    public let expected: String
    /// What was found.
    public let found: String
    /// The verdict.
    public let verdict: Verdict

    /// Makes a finding from its parts.
    public init(network: String, check: String, expected: String, found: String, verdict: Verdict) {
        self.network = network
        self.check = check
        self.expected = expected
        self.found = found
        self.verdict = verdict
    }

    /// Reads an event; nil for another event, and for a detail without a network, a check and a known verdict.
    ///
    /// What does not apply was neither expected nor found: those two may be absent.
    init?(_ event: RunData.Event) {
        guard
            event.name == Self.eventName,
            let detail = try? JSONDecoder().decode(Detail.self, from: Data(event.detail.utf8)),
            !detail.network.isEmpty, !detail.check.isEmpty
        else { return nil }
        self.init(
            network: detail.network, check: detail.check, expected: detail.expected ?? "", found: detail.found ?? "",
            verdict: detail.verdict
        )
    }

    private struct Detail: Decodable {
        let network: String
        let check: String
        let expected: String?
        let found: String?
        let verdict: Verdict
    }
}
