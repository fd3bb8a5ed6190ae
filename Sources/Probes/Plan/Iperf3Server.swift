/// `iperf3 -s -1`: a server for one test.
public struct Iperf3Server: Codable, Sendable, Equatable {
    /// The port, or 0 for a free one; `ready` says which it became.
    public var port: UInt16

    /// A server at this port.
    public init(port: UInt16 = 0) {
        self.port = port
    }
}
