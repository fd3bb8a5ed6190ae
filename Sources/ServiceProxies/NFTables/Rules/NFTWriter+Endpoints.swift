/// How a service picks an endpoint, and the chains of endpoints where there are any.
extension NFTWriter {
    mutating func writeEndpoints(_ service: ServicePort) {
        if let seconds = service.affinitySeconds { writeAffinity(seconds) }
        guard hasEndpointChains(service) else { return writeMap(service) }
        // numgen chooses for the first packet; the connection tracker keeps the others with it.
        let targets = list(endpointNames.enumerated()) { "\($0.offset) : goto endpoint-\($0.element)" }
        write(
            """
            add rule ip kube-proxy service-\(base) numgen random mod \(service.endpoints.count) vmap { \(targets) }
            """)
        for (name, endpoint) in zip(endpointNames, service.endpoints) { writeEndpoint(endpoint, name, service) }
    }

    /// Who was at an endpoint not long ago goes there again.
    private mutating func writeAffinity(_ seconds: Int) {
        for name in endpointNames { ensureAffinitySet(name, seconds: seconds) }
        for name in endpointNames {
            write("add rule ip kube-proxy service-\(base) ip saddr @affinity-\(name) goto endpoint-\(name)")
        }
    }

    private mutating func writeMap(_ service: ServicePort) {
        if service.endpoints.count == 1, let endpoint = service.endpoints.first {
            // As the versions after 1.36.2 do: a map of one is a set for the kernel to name, and naming costs it time.
            return write("add rule ip kube-proxy service-\(base) meta l4proto \(service.transport) dnat to \(endpoint)")
        }
        let endpoints = list(service.endpoints.enumerated()) {
            "\($0.offset) : \($0.element.address) . \($0.element.port)"
        }
        write(
            """
            add rule ip kube-proxy service-\(base) meta l4proto \(service.transport) \
            dnat ip addr . port to numgen random mod \(service.endpoints.count) map { \(endpoints) }
            """)
    }

    private mutating func writeEndpoint(_ endpoint: ServiceEndpoint, _ name: Word, _ service: ServicePort) {
        // A pod that meets itself must see another source; with maps the set `hairpin-connections` is for that.
        if layout == .endpointChains {
            write("add rule ip kube-proxy endpoint-\(name) ip saddr \(endpoint.address) jump mark-for-masquerade")
        }
        if service.affinitySeconds != nil {
            write("add rule ip kube-proxy endpoint-\(name) update @affinity-\(name) { ip saddr }")
        }
        write("add rule ip kube-proxy endpoint-\(name) meta l4proto \(service.transport) dnat to \(endpoint)")
    }
}
