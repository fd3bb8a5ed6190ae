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
    /// Requests by HTTP.
    case http
    /// Requests by HTTP through TLS.
    case https
    /// Echo requests that nobody may fragment, of sizes between which the largest that passes is found.
    case pathMTU = "path-mtu"

    /// Whether it is a request by HTTP, with TLS or without.
    public var isFetch: Bool { self == .http || self == .https }

    /// Whether it needs a port.
    public var hasPort: Bool { self != .icmp && self != .pathMTU }
}
