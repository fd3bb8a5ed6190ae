/// `iperf3 -s -1`: a server for one test.
public struct Iperf3Server: Probe {
    /// The word in a plan.
    public static let kind = "iperf3Server"

    /// The port, or 0 for a free one; `ready` says which it became.
    public var port: UInt16

    /// A server at this port.
    public init(port: UInt16 = 0) {
        self.port = port
    }
}
