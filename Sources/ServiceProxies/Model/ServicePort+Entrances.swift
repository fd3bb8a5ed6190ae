extension ServicePort {
    /// The sources that the balancer's address is open to; nil for a service without such an address.
    var sourceRanges: [IPv4Range]? {
        guard case .loadBalancer(_, _, let ranges) = exposure else { return nil }
        return ranges
    }

    /// The port of every node by which the service is reached; nil for a service without one.
    var nodePort: UInt16? {
        switch exposure {
        case .clusterIP: nil
        case .nodePort(let port): port
        case .loadBalancer(_, let port, _): port
        }
    }

    /// The address of the service's balancer; nil for a service without one.
    var balancerAddress: IPv4Address? {
        guard case .loadBalancer(let address, _, _) = exposure else { return nil }
        return address
    }

    /// How many ways lead to the service: its cluster address, the balancer's, the node port.
    var entranceCount: Int {
        1 + (balancerAddress == nil ? 0 : 1) + (nodePort == nil ? 0 : 1)
    }

    /// Whether a balancer with these ranges lets the node itself in, which comes from the balancer's address then.
    func letsNodeIn(_ configuration: ProxyConfiguration) -> Bool {
        guard let node = configuration.nodeAddresses.first else { return false }
        return sourceRanges?.contains { $0.contains(node) } ?? false
    }
}
