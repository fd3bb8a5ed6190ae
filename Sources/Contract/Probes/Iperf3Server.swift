public import Quantities

/// `iperf3 -s -1`: a server for one test.
public struct Iperf3Server: Probe {
    /// The word in a plan.
    public static let kind = "iperf3Server"

    /// The port, or 0 for a free one; `ready` says which it became.
    public var port: UInt16
    /// The only address that it listens on; nil is every one.
    public var address: IPAddress?

    /// A server at this port.
    public init(port: UInt16 = 0, address: IPAddress? = nil) {
        self.port = port
        self.address = address
    }
}
