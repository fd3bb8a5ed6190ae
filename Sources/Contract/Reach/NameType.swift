/// What is asked of a name.
public enum NameType: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its IPv4 addresses.
    case a = "A"
    /// Its IPv6 addresses.
    case aaaa = "AAAA"
    /// Where its service is: a name and a port.
    case srv = "SRV"

    /// The type of record.
    public var number: DNSType {
        switch self {
        case .a: .a
        case .aaaa: .aaaa
        case .srv: .srv
        }
    }
}
