/// The transport protocol of a service port.
public enum ServiceProtocol: String, Sendable, Hashable, Codable {
    case tcp
    case udp

    /// The number in the IP header.
    public var number: UInt8 {
        switch self {
        case .tcp: 6
        case .udp: 17
        }
    }
}
