public import Quantities

/// `netserver -D`: answers netperf until it is stopped.
public struct NetperfServer: Probe {
    /// The word in a plan.
    public static let kind = "netperfServer"

    /// The control port, or 0 for a free one; `ready` says which it became.
    public var port: UInt16
    /// The family that it listens on.
    public var family: IPAddress.Family

    /// A server at this port.
    public init(port: UInt16 = 0, family: IPAddress.Family = .ipv4) {
        self.port = port
        self.family = family
    }
}
