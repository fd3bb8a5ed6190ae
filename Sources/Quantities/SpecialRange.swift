/// Ranges of IPv4 that are no addresses of hosts (RFC 6890): the kernel routes nothing to them.
public enum SpecialRange: Sendable, Hashable, CaseIterable {
    /// Addresses of "this network".
    case thisNetwork
    /// Addresses of the host itself.
    case loopback
    /// Groups of hosts.
    case multicast
    /// Reserved addresses, and the one of all hosts.
    case reserved

    /// The block as RFC 6890 lists it.
    public var cidr: CIDR {
        switch self {
        case .thisNetwork: CIDR(IPAddress(0, 0, 0, 0), clampedPrefixLength: 8)
        case .loopback: CIDR(IPAddress(127, 0, 0, 0), clampedPrefixLength: 8)
        case .multicast: CIDR(IPAddress(224, 0, 0, 0), clampedPrefixLength: 4)
        case .reserved: CIDR(IPAddress(240, 0, 0, 0), clampedPrefixLength: 4)
        }
    }

    /// What it is for, in words.
    public var purpose: String {
        switch self {
        case .thisNetwork: "addresses of \"this network\""
        case .loopback: "loopback"
        case .multicast: "multicast"
        case .reserved: "reserved"
        }
    }
}
