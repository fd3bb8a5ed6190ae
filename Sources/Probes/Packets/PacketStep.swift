/// What both ends counted of one step; pure.
struct PacketStep: Sendable, Equatable {
    /// Datagrams per second that were asked for; nil for as many as go.
    var asked: Double?
    /// Datagrams that were sent.
    var sent: UInt64
    /// From the first to the last of them, and no less than was asked for, in nanoseconds.
    var sendNanoseconds: UInt64
    /// Datagrams that came.
    var received: UInt64
    /// From the first to the last of them, in nanoseconds.
    var receiveNanoseconds: UInt64
    /// Processor time of both ends in seconds.
    var clientCPU: Double
    var serverCPU: Double

    /// The share of the rate asked for below which it was not reached; above it, what was sent counts and not what was asked for.
    private static let reached = 0.95

    /// Datagrams sent per second.
    var sentRate: Double { Self.rate(sent, sendNanoseconds) }

    /// Datagrams received per second: of the time that the sender needed, or the receiver where that is longer.
    ///
    /// What waits somewhere when the sender ends is taken later; counted within the sender's time it would be more than passed.
    var receivedRate: Double { Self.rate(received, max(sendNanoseconds, receiveNanoseconds)) }

    /// The share that did not come; 0 where more came than were sent.
    var loss: Double { sent == 0 || received >= sent ? 0 : Double(sent - received) / Double(sent) }

    /// Whether the sender was slower than it was told.
    var isGeneratorLimited: Bool { asked.map { sentRate < $0 * Self.reached } ?? false }

    /// What a search has to know of it.
    var found: RateSearch.Step {
        RateSearch.Step(rate: sentRate, received: receivedRate, loss: loss, isGeneratorLimited: isGeneratorLimited)
    }

    private static func rate(_ count: UInt64, _ nanoseconds: UInt64) -> Double {
        nanoseconds == 0 ? 0 : Double(count) * 1e9 / Double(nanoseconds)
    }
}
