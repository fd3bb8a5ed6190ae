import FoundationEssentials

/// What was found where something was expected; in the store it is an event of its trial, its detail the JSON of one.
public struct Finding: Codable, Sendable, Equatable {
    /// How the two go together.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// It is as expected.
        case passed
        /// It is not.
        case failed
        /// Nothing was expected: it is shown, and not judged.
        case shown
    }

    /// The name of the store's events.
    public static let name = "finding"

    /// What was asked, such as `icmp`.
    public var check: String
    /// What was expected, in words.
    public var expected: String
    /// What was found, in a word or two.
    public var found: String
    /// More about it, such as what the kernel said; empty where there is nothing more.
    public var detail: String
    /// How the two go together.
    public var verdict: Verdict
    /// Where it was found, as a watch names places; the stretches of the trial's time with this name and place are the same finding.
    public var place: String?

    /// A finding.
    public init(
        check: String, expected: String, found: String, detail: String = "", verdict: Verdict, place: String? = nil
    ) {
        self.check = check
        self.expected = expected
        self.found = found
        self.detail = detail
        self.verdict = verdict
        self.place = place
    }

    /// The finding on one line, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads one finding from its JSON.
    public init(json: String) throws {
        self = try JSONDecoder().decode(Finding.self, from: Data(json.utf8))
    }
}
