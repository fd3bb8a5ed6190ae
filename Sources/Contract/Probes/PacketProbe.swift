public import Quantities

/// A client that sends datagrams to a ``PacketServer``: as many as go, or at rates that it searches for.
///
/// Without ``lossBelow`` it sends for one step as fast as it can. With it, steps at different rates look for the highest one
/// whose loss stays below that limit, as RFC 2544 does.
public struct PacketProbe: Probe {
    /// The word in a plan.
    public static let kind = "packets"

    /// The smallest payload: what a datagram carries so that it is counted once, and for its step alone.
    public static let smallestMessage = 8
    /// The most steps of a search, the first one as fast as it goes among them.
    public static let mostSteps = 16
    /// About how many steps a search takes.
    public static let usualSteps = 11
    /// How long stragglers are waited for after the last datagram of a step, in nanoseconds.
    public static let longestWait: UInt64 = 1_000_000_000
    /// How many datagrams of a step would be lost at the limit, at least: with fewer nothing is judged.
    public static let datagramsPerLoss = 5.0

    /// The server's address, IPv4 or IPv6.
    public var target: IPAddress
    /// The server's port, over TCP and UDP.
    public var port: UInt16
    /// Payload bytes of a datagram.
    public var messageSize: Int
    /// Nanoseconds of one step.
    public var durationNanoseconds: UInt64
    /// Nanoseconds of a step before the first that is not counted.
    public var warmUpNanoseconds: UInt64
    /// The share of datagrams below which a rate counts as kept; nil where as many go as can.
    public var lossBelow: Double?

    /// A probe.
    public init(
        target: IPAddress, port: UInt16, messageSize: Int, durationNanoseconds: UInt64, warmUpNanoseconds: UInt64 = 0,
        lossBelow: Double? = nil
    ) {
        self.target = target
        self.port = port
        self.messageSize = messageSize
        self.durationNanoseconds = durationNanoseconds
        self.warmUpNanoseconds = warmUpNanoseconds
        self.lossBelow = lossBelow
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        guard port > 0 else { throw PlanError(path: "probe.port", reason: "expected the server's port, found 0") }
        try Self.validate(messageSize: messageSize)
        guard (1_000_000...600_000_000_000).contains(durationNanoseconds) else {
            throw PlanError(
                path: "probe.durationNanoseconds",
                reason: "expected 1000000 to 600000000000 ns, found \(durationNanoseconds)")
        }
        guard warmUpNanoseconds <= 600_000_000_000 else {
            throw PlanError(
                path: "probe.warmUpNanoseconds", reason: "expected at most 600000000000 ns, found \(warmUpNanoseconds)")
        }
        if let lossBelow, !(lossBelow > 0 && lossBelow < 1) {
            throw PlanError(path: "probe.lossBelow", reason: "expected more than 0 and less than 1, found \(lossBelow)")
        }
    }

    static func validate(messageSize: Int) throws(PlanError) {
        guard (smallestMessage...MessageSize.largestDatagram).contains(messageSize) else {
            throw PlanError(
                path: "probe.messageSize",
                reason: "expected \(smallestMessage) to \(MessageSize.largestDatagram) bytes, found \(messageSize)")
        }
    }
}
