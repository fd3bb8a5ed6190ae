public import Quantities

/// A native client that measures round trips against an ``EchoServer``.
public struct LatencyProbe: Probe {
    /// The word in a plan.
    public static let kind = "latency"

    /// Must be the server's; `connectRequestClose` is for TCP.
    public var transport: Transport
    /// When requests are sent; a `stream` has none.
    public var pattern: TrafficPattern
    /// The server's address, IPv4 or IPv6.
    public var target: IPAddress
    /// The server's port.
    public var port: UInt16
    /// Bytes of a request and of its reply.
    public var messageSize: Int
    /// Nanoseconds that are measured, after the warm-up.
    public var durationNanoseconds: UInt64
    /// Nanoseconds of the same traffic before them that are discarded.
    public var warmUpNanoseconds: UInt64
    /// Requests per second; `openLoop` needs it, the others refuse it.
    public var ratePerSecond: Double?
    /// Nanoseconds after which a reply counts as lost: a right-censored sample.
    public var timeoutNanoseconds: UInt64
    /// TCP connections that are used at once, by one thread for each processor that the agent may use; nil is one.
    public var connections: Int?
    /// Requests that are under way on each connection at once, `requestResponse` over TCP only; nil is one.
    public var burst: Int?

    /// A latency probe.
    public init(
        transport: Transport,
        pattern: TrafficPattern,
        target: IPAddress,
        port: UInt16,
        messageSize: Int,
        durationNanoseconds: UInt64,
        warmUpNanoseconds: UInt64 = 0,
        ratePerSecond: Double? = nil,
        timeoutNanoseconds: UInt64 = 1_000_000_000,
        connections: Int? = nil,
        burst: Int? = nil
    ) {
        self.transport = transport
        self.pattern = pattern
        self.target = target
        self.port = port
        self.messageSize = messageSize
        self.durationNanoseconds = durationNanoseconds
        self.warmUpNanoseconds = warmUpNanoseconds
        self.ratePerSecond = ratePerSecond
        self.timeoutNanoseconds = timeoutNanoseconds
        self.connections = connections
        self.burst = burst
    }

    /// The most requests of an open loop that can be under way at once.
    public static let mostOpenRequests = 1 << 22

    /// The smallest message of an open-loop UDP probe: its sequence number must tell late replies from new ones.
    public static let smallestOpenLoopDatagram = 4

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try MessageSize.validate(messageSize, transport)
        guard port > 0 else { throw PlanError(path: "probe.port", reason: "expected the server's port, found 0") }
        try Self.expect(durationNanoseconds, 1_000_000...3_600_000_000_000, "probe.durationNanoseconds")
        try Self.expect(warmUpNanoseconds, 0...3_600_000_000_000, "probe.warmUpNanoseconds")
        try Self.expect(timeoutNanoseconds, 1_000_000...60_000_000_000, "probe.timeoutNanoseconds")
        switch (pattern, transport) {
        case (.stream, _), (.flood, _), (.highestRate, _):
            throw PlanError(path: "probe.pattern", reason: "\(pattern.rawValue) has no round trips to measure")
        case (.connectRequestClose, .udp):
            throw PlanError(path: "probe.pattern", reason: "\(pattern.rawValue) needs tcp, found udp")
        default: break
        }
        try validateConcurrency()
        guard pattern == .openLoop else {
            if let ratePerSecond {
                throw PlanError(
                    path: "probe.ratePerSecond",
                    reason:
                        "only \(TrafficPattern.openLoop.rawValue) has a rate; \(pattern.rawValue) has \(ratePerSecond)"
                )
            }
            return
        }
        try validateRate()
    }

    private func validateRate() throws(PlanError) {
        guard let ratePerSecond, ratePerSecond.isFinite, ratePerSecond > 0, ratePerSecond <= 1_000_000 else {
            throw PlanError(
                path: "probe.ratePerSecond",
                reason: "\(pattern.rawValue) needs more than 0 and at most 1000000 requests per second"
            )
        }
        guard transport == .tcp || messageSize >= Self.smallestOpenLoopDatagram else {
            throw PlanError(
                path: "probe.messageSize",
                reason:
                    "\(pattern.rawValue) over udp needs at least \(Self.smallestOpenLoopDatagram) bytes for its sequence number"
            )
        }
        // Little's law, with every reply as late as its time-out allows.
        let outstanding = ratePerSecond * Double(timeoutNanoseconds) / 1e9
        guard outstanding <= Double(Self.mostOpenRequests) else {
            throw PlanError(
                path: "probe.timeoutNanoseconds",
                reason: "at this rate \(Int(outstanding)) requests can be open; use a shorter time-out or a lower rate"
            )
        }
    }

    private static func expect(_ value: UInt64, _ range: ClosedRange<UInt64>, _ path: String) throws(PlanError) {
        guard range.contains(value) else {
            throw PlanError(
                path: path,
                reason: "expected \(range.lowerBound) to \(range.upperBound) ns, found \(value)"
            )
        }
    }
}
