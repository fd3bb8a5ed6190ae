public import Quantities
public import ServiceProxies

extension IPv4Address {
    /// The address in the form that netlink takes.
    public var address: IPAddress {
        let bytes = bytes
        return IPAddress(bytes[0], bytes[1], bytes[2], bytes[3])
    }

    /// The address alone, as a network.
    public var network: CIDR { CIDR(address, clampedPrefixLength: 32) }

    /// The address on a link, with the length of the link's prefix.
    func interface(in range: IPv4Range) -> CIDR {
        CIDR(address, clampedPrefixLength: range.prefixLength)
    }
}

extension IPv4Range {
    /// The range in the form that netlink takes.
    public var network: CIDR { CIDR(base.address, clampedPrefixLength: prefixLength) }
}
