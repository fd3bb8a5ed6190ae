public import Quantities

/// TCP streams to a ``StreamServer`` that go on, as fast as they can, until they are stopped.
///
/// It is ready when something has come through each of them.
public struct StreamLoad: Probe {
    /// The word in a plan.
    public static let kind = "streamLoad"

    /// The first byte of a connection whose client sends.
    package static let upload = UInt8(ascii: "u")
    /// The first byte of a connection whose server sends.
    package static let download = UInt8(ascii: "d")
    /// The most streams in each direction.
    public static let mostStreams = 32

    /// The server's address, IPv4 or IPv6.
    public var target: IPAddress
    /// The server's port.
    public var port: UInt16
    /// Streams in each direction.
    public var streams: Int
    /// Who sends.
    public var direction: StreamDirection

    /// A load.
    public init(target: IPAddress, port: UInt16, streams: Int, direction: StreamDirection) {
        self.target = target
        self.port = port
        self.streams = streams
        self.direction = direction
    }

    /// What the first byte of a stream says, once for each way that is asked for.
    package var words: [UInt8] {
        switch direction {
        case .up: [Self.upload]
        case .down: [Self.download]
        case .both: [Self.upload, Self.download]
        }
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        guard port > 0 else { throw PlanError(path: "probe.port", reason: "expected the server's port, found 0") }
        guard (1...Self.mostStreams).contains(streams) else {
            throw PlanError(path: "probe.streams", reason: "expected 1 to \(Self.mostStreams), found \(streams)")
        }
    }
}
