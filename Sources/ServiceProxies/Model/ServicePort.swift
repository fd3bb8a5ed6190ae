/// One port of a service as a proxy sees it: where clients come to, and the endpoints behind it.
public struct ServicePort: Sendable, Hashable {
    /// How the service is reached beside its cluster address.
    public enum Exposure: Sendable, Hashable {
        /// Only by the cluster address.
        case clusterIP
        /// By a port of every node, too.
        case nodePort(UInt16)
        /// By an address of a load balancer, only from `sourceRanges` if there are any, and by a port of every node
        /// unless the service has none (`allocateLoadBalancerNodePorts: false`).
        case loadBalancer(address: IPv4Address, nodePort: UInt16?, sourceRanges: [IPv4Range])
    }

    /// The namespaced name with the port's: `bench/svc-17:http`.
    public var name: String
    /// TCP or UDP.
    public var transport: ServiceProtocol
    /// The virtual address.
    public var clusterIP: IPv4Address
    /// The port at the virtual address.
    public var port: UInt16
    /// How it is reached beside the virtual address.
    public var exposure: Exposure
    /// Seconds for which a client stays with its endpoint (`sessionAffinity: ClientIP`); nil is no affinity.
    public var affinitySeconds: Int?
    /// The endpoints, in order.
    public var endpoints: [ServiceEndpoint]

    /// A service port.
    public init(
        name: String,
        transport: ServiceProtocol = .tcp,
        clusterIP: IPv4Address,
        port: UInt16,
        exposure: Exposure = .clusterIP,
        affinitySeconds: Int? = nil,
        endpoints: [ServiceEndpoint]
    ) {
        self.name = name
        self.transport = transport
        self.clusterIP = clusterIP
        self.port = port
        self.exposure = exposure
        self.affinitySeconds = affinitySeconds
        self.endpoints = endpoints
    }
}
