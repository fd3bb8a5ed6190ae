public import Quantities

/// A permanent entry of the neighbour table: which Ethernet address an address on a link has.
public struct Neighbour: Sendable, Equatable {
    /// The address on the link.
    public let address: IPAddress
    /// Where frames for it go.
    public let mac: MACAddress
    /// The name of the link.
    public let interface: String

    /// Describes an entry.
    public init(address: IPAddress, mac: MACAddress, interface: String) {
        self.address = address
        self.mac = mac
        self.interface = interface
    }
}
