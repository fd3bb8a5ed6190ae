public import Quantities

/// A permanent entry of a VXLAN's forwarding table: behind which tunnel end an Ethernet address is.
public struct ForwardingEntry: Sendable, Equatable {
    /// The Ethernet address; all zeroes for frames to everybody and to nobody known.
    public let mac: MACAddress
    /// The other end of the tunnel.
    public let remote: IPAddress
    /// The name of the VXLAN link.
    public let interface: String

    /// Describes an entry.
    public init(mac: MACAddress, remote: IPAddress, interface: String) {
        self.mac = mac
        self.remote = remote
        self.interface = interface
    }
}
