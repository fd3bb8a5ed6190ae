import Quantities
public import ServiceProxies

/// The addresses of the small network around a service proxy.
///
/// RFC 6598 and RFC 2544 ranges would do as well: nothing of this leaves the probe's namespaces.
public enum ServiceRanges {
    /// Between the client and the node; kube-proxy takes it for the range of the node's own pods.
    public static let client = range(.client)
    /// The node's address towards the client.
    public static let nodeToClient = client.base.advanced(by: 1)
    /// The client's address.
    public static let clientAddress = client.base.advanced(by: 2)

    /// Between the node and the endpoints' namespace.
    public static let link = range(.link)
    /// The node's address towards the endpoints.
    public static let nodeToEndpoints = link.base.advanced(by: 1)
    /// The next hop to all endpoints.
    public static let endpointsAddress = link.base.advanced(by: 2)

    /// Between the node and the namespace in which packets to dead endpoints end.
    public static let deadLink = range(.deadLink)
    /// The node's address towards nowhere.
    public static let nodeToDead = deadLink.base.advanced(by: 1)
    /// The next hop to dead endpoints.
    public static let deadAddress = deadLink.base.advanced(by: 2)

    /// All endpoints: one namespace answers for the whole range.
    public static let endpoints = range(.endpoints)
    /// Addresses of load balancers.
    public static let loadBalancers = range(.loadBalancers)

    /// The port of virtual addresses.
    public static let servicePort: UInt16 = 80
    /// The port of virtual addresses for datagrams.
    public static let datagramServicePort: UInt16 = 53
    /// The port that endpoints listen at.
    public static let endpointPort: UInt16 = 8_080
    /// The port that endpoints take datagrams at.
    public static let datagramEndpointPort: UInt16 = 5_353

    /// A resource is held to the same ranges before anything starts, so they stand below both.
    private static func range(_ range: ServiceRange) -> IPv4Range {
        let number = range.cidr.network.bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return IPv4Range(IPv4Address(number: number), prefixLength: range.cidr.prefixLength)
    }
}
