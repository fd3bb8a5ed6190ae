/// The numbers of chains and rules that kube-proxy has for services.
///
/// S services with E endpoints each have 5 + S(2 + 3E) rules in `nat` and 4 in `filter`. With a load balancer's
/// address, a node port and one source range it is 5 + S(8 + 3E) and 4 + S. With `xt_nfacct` in the kernel each node
/// port has one more.
enum IPTablesCounts {
    static func expected(
        for services: [ServicePort], _ configuration: ProxyConfiguration, _ counters: Set<IPTablesCounter> = []
    ) -> ObjectCounts {
        var chains = IPTablesTable.allCases.reduce(0) { $0 + $1.fixedChains.count }
        // Three of KUBE-POSTROUTING, one of KUBE-MARK-MASQ, and the last of KUBE-SERVICES, which leads to node ports.
        var rules = 5
        // Three of KUBE-FORWARD, and one of KUBE-FIREWALL where node ports are served at 127.0.0.1.
        var filterRules = 3 + (configuration.localhostNodePorts ? 1 : 0)
        let countsLocalhost = configuration.localhostNodePorts && counters.contains(.localhostNodePorts)
        for service in services {
            let endpoints = service.endpoints.count
            guard endpoints > 0 else {
                filterRules += service.entranceCount
                continue
            }
            // KUBE-SVC, which masquerades in one rule, and KUBE-SEP: one rule leads there, two are in it.
            chains += 1 + endpoints
            rules += service.entranceCount + 1 + 3 * endpoints
            if countsLocalhost, service.nodePort != nil { rules += 1 }
            if service.affinitySeconds != nil { rules += endpoints }
            guard service.exposure != .clusterIP else { continue }
            chains += 1
            // KUBE-EXT masquerades and goes on to KUBE-SVC.
            rules += 2
            if let ranges = service.sourceRanges, !ranges.isEmpty {
                chains += 1
                filterRules += 1
                rules += ranges.count + 1
                if service.letsNodeIn(configuration) { rules += 1 }
            }
        }
        return ObjectCounts([
            .chains: chains, .rules: rules, .filterRules: filterRules, .jumpRules: JumpRule.all.count,
        ])
    }
}
