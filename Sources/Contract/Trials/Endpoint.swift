public import Quantities

/// What a client connects to in order to reach a place.
public enum Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// The place's own address.
    case address(IPAddress)
    /// The virtual address of a service in front of it.
    case service(IPAddress)

    /// Where packets are sent.
    public var address: IPAddress {
        switch self {
        case .address(let address), .service(let address): address
        }
    }

    /// The address.
    public var description: String { "\(address)" }
}
