/// Rules of the table `filter` for one service: what is refused.
extension IPTablesWriter {
    /// A service without endpoints has nothing in `nat`: whoever asks for it is refused at once.
    mutating func writeRejections(_ service: ServicePort) {
        filter(
            """
            -A KUBE-SERVICES -m comment --comment "\(name) has no endpoints" -m \(service.transport) -p \(service.transport) \
            -d \(service.clusterIP) --dport \(service.port) -j REJECT
            """)
        if let address = service.balancerAddress {
            filter(
                """
                -A KUBE-EXTERNAL-SERVICES -m comment --comment "\(name) has no endpoints" \
                -m \(service.transport) -p \(service.transport) -d \(address) --dport \(service.port) -j REJECT
                """)
        }
        if let port = service.nodePort {
            filter(
                """
                -A KUBE-EXTERNAL-SERVICES -m comment --comment "\(name) has no endpoints" -m addrtype --dst-type LOCAL \
                -m \(service.transport) -p \(service.transport) --dport \(port) -j REJECT
                """)
        }
    }

    /// What still has the balancer's address here was not let in by the service's chain of source ranges.
    mutating func writeUnaccepted(_ service: ServicePort, _ address: IPv4Address) {
        filter(
            """
            -A KUBE-PROXY-FIREWALL -m comment --comment "\(name) traffic not accepted by KUBE-FW-\(hash)" \
            -m \(service.transport) -p \(service.transport) -d \(address) --dport \(service.port) -j DROP
            """)
    }
}
