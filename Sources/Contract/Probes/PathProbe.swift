public import Quantities

/// Sends numbered datagrams to an ``EchoServer``, or echo requests to a kernel, at fixed times, and says what became of each: a
/// ``PathReading``.
public struct PathProbe: Probe {
    /// The word in a plan.
    public static let kind = "path"

    /// The server's address, IPv4 or IPv6.
    public var target: IPAddress
    /// The server's port; 0 with echo requests, which have none.
    public var port: UInt16
    /// The port on this side; nil is any.
    public var ownPort: UInt16?
    /// How many datagrams are sent.
    public var count: Int
    /// Nanoseconds from one to the next; 0 is as fast as it goes.
    public var intervalNanoseconds: UInt64
    /// Nanoseconds that are waited for answers after the last was sent.
    public var timeoutNanoseconds: UInt64
    /// Bytes of each, behind the headers.
    public var payloadSize: Int
    /// Whether they leave without a checksum, so that what was changed on the way arrives (IPv4).
    public var isUnchecked: Bool
    /// Whether each leaves from a port of its own, and so is the first packet of a connection; few of them then.
    public var isFresh: Bool
    /// Whether they are echo requests of ICMP or ICMPv6.
    public var isEcho: Bool

    /// What tells one datagram from another, in bytes.
    public static let smallestPayload = 16
    /// The most that leave from ports of their own, each of which is a descriptor.
    public static let mostFresh = 200

    /// About how many bytes may wait at either end, so that a processor that is away for a second loses none of them.
    public static let waitingBytes: Int32 = 4 << 20

    /// A probe.
    public init(
        target: IPAddress, port: UInt16, ownPort: UInt16? = nil, count: Int, intervalNanoseconds: UInt64,
        timeoutNanoseconds: UInt64, payloadSize: Int = 64, isUnchecked: Bool = false, isEcho: Bool = false,
        isFresh: Bool = false
    ) {
        self.target = target
        self.port = port
        self.ownPort = ownPort
        self.count = count
        self.intervalNanoseconds = intervalNanoseconds
        self.timeoutNanoseconds = timeoutNanoseconds
        self.payloadSize = payloadSize
        self.isUnchecked = isUnchecked
        self.isFresh = isFresh
        self.isEcho = isEcho
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try LinkRate.check(count, in: 1...(isFresh ? Self.mostFresh : 1_000_000), "probe.count")
        try LinkRate.check(payloadSize, in: Self.smallestPayload...MessageSize.largestDatagram, "probe.payloadSize")
        if isEcho {
            guard port == 0, ownPort == nil else {
                throw PlanError(path: "probe.port", reason: "echo requests have no ports; leave them out")
            }
        } else {
            guard port != 0, ownPort != 0 else {
                throw PlanError(path: "probe.port", reason: "expected 1 to 65535, found 0")
            }
        }
        guard !isFresh || ownPort == nil else {
            throw PlanError(path: "probe.ownPort", reason: "expected none where each datagram has a port of its own")
        }
        guard timeoutNanoseconds <= 600_000_000_000, intervalNanoseconds <= 60_000_000_000 else {
            throw PlanError(
                path: "probe", reason: "expected a time-out of at most 10 minutes and an interval of at most one")
        }
    }
}
