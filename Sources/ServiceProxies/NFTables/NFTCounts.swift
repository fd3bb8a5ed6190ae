/// The numbers of chains, rules and elements that kube-proxy has in its table for services.
///
/// For S services with E endpoints each, layout of 1.36: S chains, S rules, S elements in `service-ips`, as many in
/// `cluster-ips`, S maps without a name of E elements where E is above 1.
enum NFTCounts {
    private struct Endpoint: Hashable {
        var address: UInt32
        var port: UInt16
        var transport: ServiceProtocol
    }

    static func expected(
        for services: [ServicePort], _ configuration: ProxyConfiguration, _ layout: NFTLayout
    ) -> ObjectCounts {
        var chains = NFTWriter.baseChains.count + NFTWriter.topChains.count
        var rules = NFTWriter.jumps.count
        // Beside the jumps: masquerading, cluster-ips-check, reject-chain, the three checks, and services.
        switch layout {
        case .endpointMaps: rules += 2 + 1 + 1 + 3 + 3
        case .endpointChains:
            rules += 1 + 3 + 1 + 1 + 3 + 2
            chains += 1
        }
        if !configuration.serviceRanges.isEmpty { rules += 1 }
        var elements = configuration.nodeAddresses.count
        var addresses: Set<UInt32> = []
        var hairpins: Set<Endpoint> = []
        for service in services {
            addresses.insert(service.clusterIP.number)
            elements += service.entranceCount
            if service.sourceRanges?.isEmpty == false {
                chains += 1
                rules += 1
                elements += 1
            }
            let count = service.endpoints.count
            guard count > 0 else { continue }
            chains += 1
            rules += 1
            // A single endpoint is a plain `dnat to`, without a map.
            let isPlain = layout == .endpointMaps && count == 1 && service.affinitySeconds == nil
            elements += isPlain ? 0 : count
            if layout == .endpointChains { rules += 1 }
            if service.exposure != .clusterIP {
                chains += 1
                rules += 2
            }
            if layout == .endpointChains || service.affinitySeconds != nil {
                chains += count
                rules += count
                if layout == .endpointChains { rules += count }
                if service.affinitySeconds != nil { rules += 2 * count }
            }
            guard layout == .endpointMaps else { continue }
            for endpoint in service.endpoints where endpoint.isLocal {
                hairpins.insert(
                    Endpoint(
                        address: endpoint.address.number, port: endpoint.port, transport: service.transport))
            }
        }
        // Those that several services need are there once.
        elements += addresses.count + hairpins.count
        return ObjectCounts([.chains: chains, .rules: rules, .elements: elements])
    }
}
