import FoundationEssentials

/// What became of numbered packets that were sent to a peer and came back.
public struct PathReading: Sendable, Equatable, Codable {
    /// The name of the agent's artifact.
    public static let artifact = "path"

    /// Packets that were sent, or that the system refused to send.
    public var sent: Int
    /// Of these, those that came back whole, each counted once.
    public var answered: Int
    /// Of these, those that came back more than once.
    public var duplicated: Int
    /// Of these, those that came before one that was sent earlier.
    public var overtaking: Int
    /// Packets that came back as another than they were.
    public var corrupted: Int
    /// Half of those that came back took at most this, in seconds; nil where none came.
    public var roundTrip: Double?
    /// The quickest of them took this, in seconds.
    public var quickest: Double?
    /// 99 of 100 took at most this, in seconds.
    public var roundTripP99: Double?
    /// What came back per second from the first to the last, in bit/s with Ethernet headers; nil for fewer than two.
    public var rate: Double?
    /// The same of what was sent.
    public var sentRate: Double?
    /// All round trips as a distribution in nanoseconds (`LatencyHistogram`).
    public var histogram: String?

    /// What became of packets.
    public init(
        sent: Int, answered: Int = 0, duplicated: Int = 0, overtaking: Int = 0, corrupted: Int = 0,
        roundTrip: Double? = nil, quickest: Double? = nil, roundTripP99: Double? = nil, rate: Double? = nil,
        sentRate: Double? = nil,
        histogram: String? = nil
    ) {
        self.sent = sent
        self.answered = answered
        self.duplicated = duplicated
        self.overtaking = overtaking
        self.corrupted = corrupted
        self.roundTrip = roundTrip
        self.quickest = quickest
        self.roundTripP99 = roundTripP99
        self.rate = rate
        self.sentRate = sentRate
        self.histogram = histogram
    }

    /// Those without a whole answer: lost on the way there or back, or changed.
    public var spoiled: Int { sent - answered }

    /// The reading on one line, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads one from its JSON.
    public init(json: String) throws {
        self = try JSONDecoder().decode(PathReading.self, from: Data(json.utf8))
    }
}
