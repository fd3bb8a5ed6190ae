extension NFTWriter {
    /// Whether a service has chains for its endpoints.
    private func hasEndpointChains(_ service: ServicePort) -> Bool {
        layout == .endpointChains || service.affinitySeconds != nil
    }

    /// Writes the chains of a service with their rules.
    mutating func writeChains(of service: ServicePort) {
        take(service)
        let hasFirewall = service.sourceRanges?.isEmpty == false
        if !service.endpoints.isEmpty {
            for name in names.endpoints { ensure("endpoint-", name) }
            ensure("service-", names.base)
            if service.exposure != .clusterIP { ensure("external-", names.base) }
        }
        if hasFirewall { ensure("firewall-", names.base) }
        if !service.endpoints.isEmpty {
            if layout == .endpointChains { writeInternal(service) }
            if service.exposure != .clusterIP { writeExternal() }
        }
        if hasFirewall { writeFirewall(service) }
        guard !service.endpoints.isEmpty else { return }
        writeAffinitySets(service)
        writeDispatch(service)
        if hasEndpointChains(service) { writeEndpoints(service) }
    }

    mutating func take(_ service: ServicePort) {
        names.take(service, withEndpoints: hasEndpointChains(service))
        transport = service.transport == .tcp ? "tcp" : "udp"
    }

    private mutating func writeInternal(_ service: ServicePort) {
        rule("service-", names.base)
        buffer.append("ip daddr ")
        buffer.append(service.clusterIP)
        buffer.append(" ")
        buffer.append(transport)
        buffer.append(" dport ")
        buffer.append(number: Int(service.port))
        if !configuration.masqueradesAll {
            buffer.append(" ")
            buffer.append(notLocal)
        }
        buffer.append(" jump mark-for-masquerade\n")
    }

    private mutating func writeExternal() {
        rule("external-", names.base)
        if layout == .endpointChains { buffer.append("jump mark-for-masquerade") } else { setMark() }
        buffer.append("\n")
        rule("external-", names.base)
        buffer.append("goto service-")
        buffer.append(names.base)
        buffer.append("\n")
    }

    private mutating func writeFirewall(_ service: ServicePort) {
        guard let address = service.balancerAddress, let ranges = service.sourceRanges else { return }
        rule("firewall-", names.base)
        buffer.append("ip saddr != { ")
        for (index, range) in ranges.enumerated() {
            if index > 0 { buffer.append(", ") }
            buffer.append(range)
        }
        // The node itself comes with the balancer's address as its source.
        if service.letsNodeIn(configuration), !ranges.contains(where: { $0.contains(address) }) {
            buffer.append(", ")
            buffer.append(address)
        }
        buffer.append(" } drop\n")
    }

    private mutating func writeAffinitySets(_ service: ServicePort) {
        guard let seconds = service.affinitySeconds else { return }
        for name in names.endpoints {
            affinitySets.append(Array("affinity-".utf8) + name)
            buffer.append("add set ip kube-proxy affinity-")
            buffer.append(name)
            buffer.append(" { type ipv4_addr ; flags dynamic,timeout ; timeout ")
            buffer.append(number: seconds)
            buffer.append("s ; }\n")
        }
    }

    private mutating func writeDispatch(_ service: ServicePort) {
        if service.affinitySeconds != nil {
            for name in names.endpoints {
                rule("service-", names.base)
                buffer.append("ip saddr @affinity-")
                buffer.append(name)
                buffer.append(" goto endpoint-")
                buffer.append(name)
                buffer.append("\n")
            }
        }
        rule("service-", names.base)
        guard !hasEndpointChains(service) else {
            buffer.append("numgen random mod ")
            buffer.append(number: service.endpoints.count)
            buffer.append(" vmap {")
            for (index, name) in names.endpoints.enumerated() {
                buffer.append(index > 0 ? ", " : " ")
                buffer.append(number: index)
                buffer.append(" : goto endpoint-")
                buffer.append(name)
            }
            buffer.append(" }\n")
            return
        }
        buffer.append("meta l4proto ")
        buffer.append(transport)
        if service.endpoints.count == 1, let endpoint = service.endpoints.first {
            // As the versions after 1.36.2 do: a map of one is a set for the kernel to name, and naming costs it time.
            buffer.append(" dnat to ")
            buffer.append(endpoint.address)
            buffer.append(":")
            buffer.append(number: Int(endpoint.port))
            buffer.append("\n")
            return
        }
        buffer.append(" dnat ip addr . port to numgen random mod ")
        buffer.append(number: service.endpoints.count)
        buffer.append(" map {")
        for (index, endpoint) in service.endpoints.enumerated() {
            buffer.append(index > 0 ? ", " : " ")
            buffer.append(number: index)
            buffer.append(" : ")
            buffer.append(endpoint.address)
            buffer.append(" . ")
            buffer.append(number: Int(endpoint.port))
        }
        buffer.append(" }\n")
    }

    private mutating func writeEndpoints(_ service: ServicePort) {
        for (name, endpoint) in zip(names.endpoints, service.endpoints) {
            if layout == .endpointChains {
                rule("endpoint-", name)
                buffer.append("ip saddr ")
                buffer.append(endpoint.address)
                buffer.append(" jump mark-for-masquerade\n")
            }
            if service.affinitySeconds != nil {
                rule("endpoint-", name)
                buffer.append("update @affinity-")
                buffer.append(name)
                buffer.append(" { ip saddr }\n")
            }
            rule("endpoint-", name)
            buffer.append("meta l4proto ")
            buffer.append(transport)
            buffer.append(" dnat to ")
            buffer.append(endpoint.address)
            buffer.append(":")
            buffer.append(number: Int(endpoint.port))
            buffer.append("\n")
        }
    }

    private mutating func rule(_ prefix: StaticString, _ name: [UInt8]) {
        buffer.append("add rule ip kube-proxy ")
        buffer.append(prefix)
        buffer.append(name)
        buffer.append(" ")
    }

    private mutating func ensure(_ prefix: StaticString, _ name: [UInt8]) {
        var chain: [UInt8] = []
        chain.reserveCapacity(prefix.utf8CodeUnitCount + name.count)
        prefix.withUTF8Buffer { chain.append(contentsOf: $0) }
        chain.append(contentsOf: name)
        buffer.append("add chain ip kube-proxy ")
        buffer.append(chain)
        buffer.append("\n")
        flush(chain: chain)
        chains.append(chain)
    }
}
