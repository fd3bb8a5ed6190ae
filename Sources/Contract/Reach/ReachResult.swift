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

    /// The median time of each step of a request by HTTP; nil for other checks, and where there was no answer.
    public var phases: Phases?

    /// How long the steps of a request took, in nanoseconds, each from the end of the one before.
    public struct Phases: Sendable, Equatable, Codable {
        /// Until the name was known.
        public var lookup: UInt64
        /// Until the connection stood.
        public var connect: UInt64
        /// Until TLS stood; 0 without.
        public var tls: UInt64
        /// Until the first byte of the answer.
        public var firstByte: UInt64
        /// All of it, the rest of the answer included.
        public var total: UInt64

        /// The steps.
        public init(lookup: UInt64, connect: UInt64, tls: UInt64, firstByte: UInt64, total: UInt64) {
            self.lookup = lookup
            self.connect = connect
            self.tls = tls
            self.firstByte = firstByte
            self.total = total
        }
    }

    /// A result.
    public init(
        id: Int, outcome: ReachOutcome, sent: Int = 0, times: [UInt64] = [], strays: Int = 0, reason: String = "",
        mtu: Int? = nil, histogram: String? = nil, convergedAfter: UInt64? = nil, watched: UInt64? = nil,
        phases: Phases? = nil
    ) {
        self.phases = phases
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
