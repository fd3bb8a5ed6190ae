public import Quantities

/// A server that counts the datagrams of a ``PacketProbe`` and says over TCP, at the same port, how many there were.
public struct PacketServer: Probe {
    /// The word in a plan.
    public static let kind = "packetServer"

    /// The family that it listens on; an IPv6 server does not take IPv4.
    public var family: IPAddress.Family
    /// The only address that it listens on, one of that family; nil is every one.
    public var address: IPAddress?
    /// The port, or 0 for one that is free over TCP and UDP; `ready` says which it became.
    public var port: UInt16
    /// Payload bytes of a datagram, the same as the client's; others are not counted.
    public var messageSize: Int

    /// A server for datagrams of this size.
    public init(family: IPAddress.Family, address: IPAddress? = nil, port: UInt16 = 0, messageSize: Int) {
        self.family = family
        self.address = address
        self.port = port
        self.messageSize = messageSize
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try PacketProbe.validate(messageSize: messageSize)
        if let address, address.family != family {
            throw PlanError(path: "probe.address", reason: "expected one of \(family.rawValue), found \(address)")
        }
    }
}
