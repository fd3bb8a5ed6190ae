/// The name of a table of `nf_tables`.
public struct PacketFilterTable: Sendable, Hashable, CustomStringConvertible {
    /// Which packets its chains can see (`NFPROTO_…`).
    public enum Family: UInt8, Sendable, Hashable {
        case inet = 1
        case ipv4 = 2
        case arp = 3
        case netdev = 5
        case bridge = 7
        case ipv6 = 10
    }

    /// Which packets its chains can see.
    public let family: Family
    /// The name, which belongs to the family and the network namespace.
    public let name: String

    /// Names a table.
    public init(_ family: Family, _ name: String) {
        self.family = family
        self.name = name
    }

    /// As nft writes it, such as `inet filter`.
    public var description: String {
        let family =
            switch family {
            case .ipv4: "ip"
            case .ipv6: "ip6"
            case .inet, .arp, .netdev, .bridge: "\(family)"
            }
        return "\(family) \(name)"
    }
}
