/// Rules of the chains that all services share: what leads to a service, from its addresses and its node port.
extension IPTablesWriter {
    mutating func writeEntrances(_ service: ServicePort) {
        nat(
            """
            -A KUBE-SERVICES -m comment --comment "\(name) cluster IP" -m \(service.transport) -p \(service.transport) \
            -d \(service.clusterIP) --dport \(service.port) -j KUBE-SVC-\(hash)
            """)
        if case .loadBalancer(let address, _, let ranges) = service.exposure {
            let next: StaticString = ranges.isEmpty ? "KUBE-EXT-" : "KUBE-FW-"
            nat(
                """
                -A KUBE-SERVICES -m comment --comment "\(name) loadbalancer IP" \
                -m \(service.transport) -p \(service.transport) -d \(address) --dport \(service.port) -j \(next)\(hash)
                """)
            if !ranges.isEmpty { writeUnaccepted(service, address) }
        }
        if let port = service.nodePort { writeNodePort(service, port) }
    }

    private mutating func writeNodePort(_ service: ServicePort, _ port: UInt16) {
        // First, since both rules match at 127.0.0.0/8, and only what comes to this one is counted.
        if configuration.localhostNodePorts, counters.contains(.localhostNodePorts) {
            nat(
                """
                -A KUBE-NODEPORTS -m comment --comment "\(name)" -m \(service.transport) -p \(service.transport) \
                -d 127.0.0.0/8 --dport \(port) -m nfacct --nfacct-name localhost_nps_accepted_pkts -j KUBE-EXT-\(hash)
                """)
        }
        nat(
            """
            -A KUBE-NODEPORTS -m comment --comment "\(name)" -m \(service.transport) -p \(service.transport) \
            --dport \(port) -j KUBE-EXT-\(hash)
            """)
    }
}
