/// The numbers of chains and rules that kube-proxy has for services.
///
/// For S services with E endpoints each: 5 + S(2 + 3E) rules in `nat` and 3 in `filter`; with an address of a load balancer
/// and one source range 5 + S(8 + 3E) and 3 + S.
enum IPTablesCounts {
    static func expected(for services: [ServicePort], _ configuration: ProxyConfiguration) -> ObjectCounts {
        var chains = IPTablesTable.allCases.reduce(0) { $0 + $1.fixedChains.count }
        var rules = 5
        var filterRules = 3
        for service in services {
            let endpoints = service.endpoints.count
            guard endpoints > 0 else {
                filterRules += entrances(of: service)
                continue
            }
            chains += 1 + endpoints
            rules += entrances(of: service) + 1 + 3 * endpoints
            if service.affinitySeconds != nil { rules += endpoints }
            guard service.exposure != .clusterIP else { continue }
            chains += 1
            rules += 2
            if case .loadBalancer(_, _, let ranges) = service.exposure, !ranges.isEmpty {
                chains += 1
                filterRules += 1
                let node = configuration.nodeAddresses.first
                rules += ranges.count + 1
                if let node, ranges.contains(where: { $0.contains(node) }) { rules += 1 }
            }
        }
        return ObjectCounts([
            .chains: chains, .rules: rules, .filterRules: filterRules, .jumpRules: JumpRule.all.count,
        ])
    }

    /// Where a service can be come to: its address, the balancer's, the node port.
    private static func entrances(of service: ServicePort) -> Int {
        switch service.exposure {
        case .clusterIP: 1
        case .nodePort: 2
        case .loadBalancer: 3
        }
    }
}
