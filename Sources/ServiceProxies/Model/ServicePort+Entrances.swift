extension ServicePort {
    /// The sources that the balancer's address is open to; nil for a service without such an address.
    var sourceRanges: [IPv4Range]? {
        guard case .loadBalancer(_, _, let ranges) = exposure else { return nil }
        return ranges
    }
}
