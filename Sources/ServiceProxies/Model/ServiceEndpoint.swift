/// One server behind a service port.
public struct ServiceEndpoint: Sendable, Hashable {
    /// The endpoint's address.
    public var address: IPv4Address
    /// The port it listens at.
    public var port: UInt16
    /// Whether it runs on the node that is programmed; such endpoints may meet themselves (hairpin).
    public var isLocal: Bool

    /// An endpoint.
    public init(address: IPv4Address, port: UInt16, isLocal: Bool = false) {
        self.address = address
        self.port = port
        self.isLocal = isLocal
    }
}
