public import Quantities

/// A server that sends every message back, for the native latency probes.
///
/// Unless it is told one, it listens on every address of the family in the network namespace that it runs in.
public struct EchoServer: Probe {
    /// The word in a plan.
    public static let kind = "echoServer"

    /// TCP has one thread for each connection, at most ``connectionLimit``, unless ``connections`` says otherwise; UDP has one thread.
    public var transport: Transport
    /// The family that it listens on; an IPv6 server does not take IPv4.
    public var family: IPAddress.Family
    /// The only address that it listens on, one of that family; nil is every one.
    ///
    /// Where a place has several, the kernel answers a datagram from the one that it would begin with, and not from the one that was asked.
    public var address: IPAddress?
    /// The port, or 0 for any; `ready` says which it became.
    public var port: UInt16
    /// TCP only: connections are served one after the other, and the server closes each one after its reply.
    ///
    /// The end that closes first keeps the TIME_WAIT state. On the server it does no harm, on the client it
    /// would use up the ephemeral ports. Needed by `connectRequestClose`.
    public var closesAfterReply: Bool?
    /// Bytes of a message, the same as the client's.
    public var messageSize: Int
    /// UDP only: about how many bytes may wait to be sent back before further ones are lost; nil is as many as usual.
    public var waitingBytes: Int32?
    /// TCP only: how many connections are to be expected at once; nil is a thread for each.
    ///
    /// One thread for each processor that the agent may use serves them all, also with ``closesAfterReply``.
    public var connections: Int?

    /// How many TCP connections are served at the same time; further ones are closed at once.
    public static let connectionLimit = 64

    /// A server for messages of this size.
    public init(
        transport: Transport,
        family: IPAddress.Family,
        address: IPAddress? = nil,
        port: UInt16 = 0,
        closesAfterReply: Bool? = nil,
        messageSize: Int,
        waitingBytes: Int32? = nil,
        connections: Int? = nil
    ) {
        self.transport = transport
        self.family = family
        self.address = address
        self.port = port
        self.closesAfterReply = closesAfterReply
        self.messageSize = messageSize
        self.waitingBytes = waitingBytes
        self.connections = connections
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try MessageSize.validate(messageSize, transport)
        if let address, address.family != family {
            throw PlanError(path: "probe.address", reason: "expected one of \(family.rawValue), found \(address)")
        }
        if closesAfterReply == true, transport == .udp {
            throw PlanError(path: "probe.closesAfterReply", reason: "UDP has no connection to close; leave it out")
        }
        guard let connections else { return }
        guard transport == .tcp, 1...LatencyProbe.mostConnections ~= connections else {
            throw PlanError(
                path: "probe.connections",
                reason:
                    "expected 1 to \(LatencyProbe.mostConnections) of tcp, found \(connections) of \(transport.rawValue)"
            )
        }
    }
}
