/// Chains of one service, but for those of its endpoints.
extension IPTablesWriter {
    /// What comes from outside the pods of this node is masqueraded, so that answers come back the same way.
    mutating func writeInternal(_ service: ServicePort) {
        nat(
            """
            -A KUBE-SVC-\(hash) -m comment --comment "\(name) cluster IP" -m \(service.transport) -p \(service.transport) \
            -d \(service.clusterIP) --dport \(service.port)\(elsewhere) -j KUBE-MARK-MASQ
            """)
    }

    mutating func writeExternal(_ service: ServicePort) {
        guard service.exposure != .clusterIP else { return }
        // Always masqueraded: an endpoint on another node has to answer through this one.
        natChain(":KUBE-EXT-\(hash) - [0:0]")
        nat(
            """
            -A KUBE-EXT-\(hash) -m comment --comment "masquerade traffic for \(name) external destinations" -j KUBE-MARK-MASQ
            -A KUBE-EXT-\(hash) -j KUBE-SVC-\(hash)
            """)
    }

    /// Who is let in goes on; the others come back to the chain that led here, and are dropped in the table `filter`.
    mutating func writeFirewall(_ service: ServicePort) {
        guard case .loadBalancer(let address, _, let ranges) = service.exposure, !ranges.isEmpty else { return }
        natChain(":KUBE-FW-\(hash) - [0:0]")
        for range in ranges {
            nat("-A KUBE-FW-\(hash) -m comment --comment \"\(name) loadbalancer IP\" -s \(range) -j KUBE-EXT-\(hash)")
        }
        // The node itself comes with the balancer's address as its source.
        if service.letsNodeIn(configuration) {
            nat("-A KUBE-FW-\(hash) -m comment --comment \"\(name) loadbalancer IP\" -s \(address) -j KUBE-EXT-\(hash)")
        }
        // A rule that does nothing: kube-proxy leaves it for people.
        nat(
            "-A KUBE-FW-\(hash) -m comment --comment \"other traffic to \(name) will be dropped by KUBE-PROXY-FIREWALL\""
        )
    }
}
