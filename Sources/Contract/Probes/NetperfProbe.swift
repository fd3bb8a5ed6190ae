public import Quantities

/// `netperf`: one of its tests against a ``NetperfServer``.
public struct NetperfProbe: Probe {
    /// The word in a plan.
    public static let kind = "netperf"

    /// The server's address, IPv4 or IPv6.
    public var target: IPAddress
    /// The server's control port.
    public var port: UInt16
    /// The port of the server's that the data goes to; nil is one that the two agree on.
    public var dataPort: UInt16?
    /// UDP goes with `requestResponse` only.
    public var transport: Transport
    /// What is measured; netperf has no `openLoop`.
    public var pattern: TrafficPattern
    /// Bytes of a request and of its reply; a stream has netperf's own sizes.
    public var messageSize: Int
    /// Whole seconds that are measured.
    public var seconds: Int

    /// A netperf client.
    public init(
        target: IPAddress,
        port: UInt16,
        dataPort: UInt16? = nil,
        transport: Transport,
        pattern: TrafficPattern,
        messageSize: Int = 64,
        seconds: Int
    ) {
        self.target = target
        self.port = port
        self.dataPort = dataPort
        self.transport = transport
        self.pattern = pattern
        self.messageSize = messageSize
        self.seconds = seconds
    }

    /// The name after `-t`, or nil where netperf has no such test.
    public var testName: String? {
        switch (transport, pattern) {
        case (.tcp, .stream): "TCP_STREAM"
        case (.tcp, .requestResponse): "TCP_RR"
        case (.tcp, .connectRequestClose): "TCP_CRR"
        case (.udp, .requestResponse): "UDP_RR"
        case (.udp, .stream), (.udp, .connectRequestClose), (_, .openLoop), (_, .flood), (_, .highestRate): nil
        }
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        guard port > 0 else { throw PlanError(path: "probe.port", reason: "expected the server's port, found 0") }
        guard (1...86_400).contains(seconds) else {
            throw PlanError(path: "probe.seconds", reason: "expected 1 to 86400, found \(seconds)")
        }
        guard testName != nil else {
            throw PlanError(
                path: "probe.pattern",
                reason: "netperf has no test of \(pattern.rawValue) over \(transport.rawValue)"
            )
        }
        if pattern != .stream { try MessageSize.validate(messageSize, transport) }
    }
}
