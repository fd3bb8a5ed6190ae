public import Quantities

/// `iperf3 -c`: streams to an ``Iperf3Server``.
public struct Iperf3Probe: Probe {
    /// The word in a plan.
    public static let kind = "iperf3"

    /// The server's address, IPv4 or IPv6.
    public var target: IPAddress
    /// The server's port.
    public var port: UInt16
    /// UDP needs a rate.
    public var transport: Transport
    /// Parallel streams in each direction, 1 to 128.
    public var streams: Int
    /// Who sends; nil is the client, as always over UDP.
    public var direction: StreamDirection?
    /// Whole seconds that are measured.
    public var seconds: Int
    /// Whole seconds before them that are discarded.
    public var omitSeconds: Int
    /// The rate of all streams together in bit/s; nil is as fast as it goes.
    public var bitsPerSecond: Double?
    /// The largest payload of a TCP segment in bytes, options included (`TCP_MAXSEG`); nil is what the path's MTU allows.
    public var mss: Int?

    /// What the kernel takes for it.
    public static let segmentSizes = 88...32_767

    /// An iperf3 client.
    public init(
        target: IPAddress,
        port: UInt16,
        transport: Transport,
        streams: Int = 1,
        direction: StreamDirection? = nil,
        seconds: Int,
        omitSeconds: Int = 0,
        bitsPerSecond: Double? = nil,
        mss: Int? = nil
    ) {
        self.target = target
        self.port = port
        self.transport = transport
        self.streams = streams
        self.direction = direction
        self.seconds = seconds
        self.omitSeconds = omitSeconds
        self.bitsPerSecond = bitsPerSecond
        self.mss = mss
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        guard port > 0 else { throw PlanError(path: "probe.port", reason: "expected the server's port, found 0") }
        guard (1...128).contains(streams) else {
            throw PlanError(path: "probe.streams", reason: "expected 1 to 128, found \(streams)")
        }
        if let direction, direction != .up, transport == .udp {
            throw PlanError(path: "probe.direction", reason: "over udp the client sends, found \(direction.rawValue)")
        }
        if let mss {
            guard transport == .tcp, Self.segmentSizes.contains(mss) else {
                throw PlanError(
                    path: "probe.mss",
                    reason:
                        "expected \(Self.segmentSizes.lowerBound) to \(Self.segmentSizes.upperBound) bytes over tcp, found \(mss)"
                )
            }
        }
        guard (1...86_400).contains(seconds) else {
            throw PlanError(path: "probe.seconds", reason: "expected 1 to 86400, found \(seconds)")
        }
        guard (0...60).contains(omitSeconds) else {
            throw PlanError(path: "probe.omitSeconds", reason: "expected 0 to 60, found \(omitSeconds)")
        }
        if let bitsPerSecond {
            guard bitsPerSecond.isFinite, bitsPerSecond >= Double(streams), bitsPerSecond <= 1e13 else {
                throw PlanError(
                    path: "probe.bitsPerSecond",
                    reason: "expected at least 1 bit/s a stream and at most 10 Tbit/s, found \(bitsPerSecond)"
                )
            }
        } else if transport == .udp {
            throw PlanError(path: "probe.bitsPerSecond", reason: "UDP streams need a rate")
        }
    }
}
