/// The ranges of IPv4 that the network of a service-proxy trial has in use.
public enum ServiceRange: Sendable, Hashable, CaseIterable {
    /// Between the client and the node; pods of the node have their addresses here.
    case client
    /// Between the node and the endpoints' namespace.
    case link
    /// Between the node and the namespace in which packets to dead endpoints end.
    case deadLink
    /// All endpoints.
    case endpoints
    /// Addresses of load balancers.
    case loadBalancers

    /// The private addresses (RFC 1918) that it takes.
    public var cidr: CIDR {
        switch self {
        case .client: CIDR(IPAddress(10, 10, 0, 0), clampedPrefixLength: 24)
        case .link: CIDR(IPAddress(10, 11, 0, 0), clampedPrefixLength: 24)
        case .deadLink: CIDR(IPAddress(10, 12, 0, 0), clampedPrefixLength: 24)
        case .endpoints: CIDR(IPAddress(10, 128, 0, 0), clampedPrefixLength: 10)
        case .loadBalancers: CIDR(IPAddress(172, 16, 0, 0), clampedPrefixLength: 12)
        }
    }

    /// Who has it, in words.
    public var owner: String {
        switch self {
        case .client: "the client and the node"
        case .link: "the link between the node and the endpoints"
        case .deadLink: "the link to endpoints that are gone"
        case .endpoints: "the endpoints"
        case .loadBalancers: "the load balancers"
        }
    }

    /// The client's address; the node has the one before it.
    public static let clientAddress = IPAddress(10, 10, 0, 2)
}
