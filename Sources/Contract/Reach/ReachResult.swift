import FoundationEssentials

/// What one check came to; an agent hands each over as an artifact of its own when the check ends.
public struct ReachResult: Sendable, Equatable, Codable {
    /// The name of the agent's artifacts.
    public static let artifact = "reach"

    /// Which check of the plan it is.
    public var id: Int
    /// What it came to.
    public var outcome: ReachOutcome
    /// Attempts that were made.
    public var sent: Int
    /// Nanoseconds until each right answer, in the order of the attempts.
    public var times: [UInt64]
    /// Messages that came and were no answer to any attempt.
    public var strays: Int
    /// What the kernel or another host said, in words; empty where there is nothing to say.
    public var reason: String
    /// The largest packet that passes, in bytes, its headers included; nil where that was not asked.
    public var mtu: Int?
    /// All times as a distribution (`LatencyHistogram`); nil where there are few.
    public var histogram: String?
    /// Nanoseconds from the first attempt until what was expected held; nil where it never did, and where nobody waited for it.
    public var convergedAfter: UInt64?
    /// For how many nanoseconds that was waited for; nil where nobody waited for it.
    public var watched: UInt64?

    /// A result.
    public init(
        id: Int, outcome: ReachOutcome, sent: Int = 0, times: [UInt64] = [], strays: Int = 0, reason: String = "",
        mtu: Int? = nil, histogram: String? = nil, convergedAfter: UInt64? = nil, watched: UInt64? = nil
    ) {
        self.convergedAfter = convergedAfter
        self.watched = watched
        self.id = id
        self.outcome = outcome
        self.sent = sent
        self.times = times
        self.strays = strays
        self.reason = reason
        self.mtu = mtu
        self.histogram = histogram
    }

    /// Part of the attempts without an answer, 0 to 1; nil when there was no attempt.
    public var loss: Double? { sent > 0 ? Double(sent - min(sent, times.count)) / Double(sent) : nil }

    /// The result on one line, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads a result from its JSON.
    public init(json: String) throws {
        self = try JSONDecoder().decode(ReachResult.self, from: Data(json.utf8))
    }
}
