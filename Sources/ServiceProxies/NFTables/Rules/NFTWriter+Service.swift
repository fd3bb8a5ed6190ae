/// Chains of one service, with their rules.
extension NFTWriter {
    /// Turns to a service and writes its chains: all of them are made before a rule leads into one.
    mutating func writeChains(of service: ServicePort) {
        turn(to: service)
        let hasFirewall = service.sourceRanges?.isEmpty == false
        if !service.endpoints.isEmpty {
            for name in endpointNames { ensure("endpoint-", name) }
            ensure("service-", base)
            if service.exposure != .clusterIP { ensure("external-", base) }
        }
        if hasFirewall { ensure("firewall-", base) }
        if !service.endpoints.isEmpty {
            writeInternal(service)
            writeExternal(service)
        }
        // Also without endpoints: who is not let in is dropped, and not told that nobody is there.
        if hasFirewall { writeFirewall(service) }
        if !service.endpoints.isEmpty { writeEndpoints(service) }
    }

    /// With chains for endpoints each service marks its own; with maps the chain `services` does it for all.
    private mutating func writeInternal(_ service: ServicePort) {
        guard layout == .endpointChains else { return }
        write(
            """
            add rule ip kube-proxy service-\(base) ip daddr \(service.clusterIP) \(service.transport) dport \(service.port) \
            \(elsewhere)jump mark-for-masquerade
            """)
    }

    private mutating func writeExternal(_ service: ServicePort) {
        guard service.exposure != .clusterIP else { return }
        switch layout {
        case .endpointMaps: write("add rule ip kube-proxy external-\(base) mark set mark or \(mark)")
        case .endpointChains: write("add rule ip kube-proxy external-\(base) jump mark-for-masquerade")
        }
        write("add rule ip kube-proxy external-\(base) goto service-\(base)")
    }

    private mutating func writeFirewall(_ service: ServicePort) {
        guard let address = service.balancerAddress, let ranges = service.sourceRanges else { return }
        let sources = list(ranges) { "\($0)" }
        // The node itself comes with the balancer's address as its source.
        let node: RuleText =
            service.letsNodeIn(configuration) && !ranges.contains { $0.contains(address) } ? ", \(address)" : ""
        write("add rule ip kube-proxy firewall-\(base) ip saddr != { \(sources)\(node) } drop")
    }
}
