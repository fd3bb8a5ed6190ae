/// How something is tried to be reached.
public enum ReachMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// Echo requests of ICMP or ICMPv6.
    case icmp
    /// Connections.
    case tcp
    /// Datagrams that an echo service sends back.
    case udp
    /// Questions to a name server.
    case dns
    /// Echo requests that nobody may fragment, of sizes between which the largest that passes is found.
    case pathMTU = "path-mtu"

    /// Whether it needs a port.
    public var hasPort: Bool { self == .tcp || self == .udp || self == .dns }
}
