/// Writes input for `nft -f -`: what is there for all services, and what belongs to each.
struct NFTWriter {
    private(set) var buffer: TextBuffer
    private(set) var names = NFTNames()
    /// The chains that were written since the start, in order.
    private(set) var chains: [[UInt8]] = []
    /// The sets of affinity that were written since the start, in order.
    private(set) var affinitySets: [[UInt8]] = []

    private let configuration: ProxyConfiguration
    private let layout: NFTLayout
    private let mark: [UInt8]
    private let notLocal: [UInt8]
    private var transport: StaticString = "tcp"
    private var text = TextBuffer()

    init(_ configuration: ProxyConfiguration, _ layout: NFTLayout, capacity: Int = 0) {
        self.configuration = configuration
        self.layout = layout
        buffer = TextBuffer(capacity: capacity)
        let digits = String(1 << configuration.masqueradeBit, radix: 16)
        mark = Array("0x\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits)".utf8)
        notLocal = Array("ip saddr != \(configuration.localPodRange)".utf8)
    }

    /// Takes what was written away: the input of one transaction.
    mutating func takeBytes() -> [UInt8] {
        let bytes = buffer.bytes
        buffer = TextBuffer()
        return bytes
    }
}

// MARK: What is there for all services

extension NFTWriter {
    /// The base chains: name, kind, hook and priority.
    static let baseChains: [(name: StaticString, kind: StaticString)] = [
        ("filter-prerouting-pre-dnat", "type filter hook prerouting priority -110"),
        ("filter-output-pre-dnat", "type filter hook output priority -110"),
        ("filter-input", "type filter hook input priority 0"),
        ("filter-forward", "type filter hook forward priority 0"),
        ("filter-output", "type filter hook output priority 0"),
        ("nat-prerouting", "type nat hook prerouting priority -100"),
        ("nat-output", "type nat hook output priority -100"),
        ("nat-postrouting", "type nat hook postrouting priority 100"),
    ]

    /// The chains that base chains jump to, with what a packet has to be.
    static let jumps: [(from: StaticString, rule: StaticString)] = [
        ("filter-input", "ct state new jump nodeport-endpoints-check"),
        ("filter-input", "ct state new jump service-endpoints-check"),
        ("filter-forward", "ct state new jump service-endpoints-check"),
        ("filter-output", "ct state new jump service-endpoints-check"),
        ("filter-prerouting-pre-dnat", "ct state new jump firewall-check"),
        ("filter-output-pre-dnat", "ct state new jump firewall-check"),
        ("nat-output", "jump services"),
        ("nat-prerouting", "jump services"),
        ("nat-postrouting", "jump masquerading"),
        ("filter-forward", "ct state new jump cluster-ips-check"),
        ("filter-output", "ct state new jump cluster-ips-check"),
    ]

    static let topChains: [StaticString] = [
        "nodeport-endpoints-check", "service-endpoints-check", "firewall-check", "services", "masquerading",
        "cluster-ips-check", "reject-chain",
    ]

    private static let containers: [(kind: StaticString, name: StaticString, type: StaticString)] = [
        ("set", "cluster-ips", "type ipv4_addr ; comment \"Active ClusterIPs\""),
        ("set", "nodeport-ips", "type ipv4_addr ; comment \"IPs that accept NodePort traffic\""),
        (
            "map", "no-endpoint-services",
            "type ipv4_addr . inet_proto . inet_service : verdict ; comment \"services without endpoints\""
        ),
        (
            "map", "no-endpoint-nodeports",
            "type inet_proto . inet_service : verdict ; comment \"node ports without endpoints\""
        ),
        (
            "map", "firewall-ips",
            "type ipv4_addr . inet_proto . inet_service : verdict ; comment \"destinations with source ranges\""
        ),
        (
            "map", "service-ips",
            "type ipv4_addr . inet_proto . inet_service : verdict ; comment \"ClusterIP and LoadBalancer traffic\""
        ),
        (
            "map", "service-nodeports",
            "type inet_proto . inet_service : verdict ; comment \"NodePort traffic\""
        ),
    ]

    /// The table, base chains, sets, maps and the rules that do not grow; whatever was in them is gone.
    mutating func writeFrame() {
        buffer.append("add table ip kube-proxy { comment \"rules for kube-proxy\" ; }\n")
        for (name, kind) in Self.baseChains {
            buffer.append("add chain ip kube-proxy ")
            buffer.append(name)
            buffer.append(" { ")
            buffer.append(kind)
            buffer.append(" ; }\n")
            flush("chain", name)
        }
        for name in Self.topChains { ensureTop(name) }
        if layout == .endpointChains { ensureTop("mark-for-masquerade") }
        for (kind, name, type) in Self.containers { container(kind, name, type) }
        if layout == .endpointMaps {
            container("set", "hairpin-connections", "type ipv4_addr . ipv4_addr . inet_proto . inet_service")
        }
        for address in configuration.nodeAddresses {
            buffer.append("add element ip kube-proxy nodeport-ips { ")
            buffer.append(address)
            buffer.append(" }\n")
        }
        for (chain, rule) in Self.jumps { add(rule, to: chain) }
        writeMasquerading()
        add(
            "ip daddr @cluster-ips reject comment \"Reject traffic to invalid ports of ClusterIPs\"",
            to: "cluster-ips-check")
        add("reject", to: "reject-chain")
        add("ip daddr . meta l4proto . th dport vmap @no-endpoint-services", to: "service-endpoints-check")
        add(
            "ip daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports",
            to: "nodeport-endpoints-check")
        add("ip daddr . meta l4proto . th dport vmap @firewall-ips", to: "firewall-check")
        if layout == .endpointMaps {
            buffer.append("add rule ip kube-proxy services ip daddr @cluster-ips ")
            if !configuration.masqueradesAll {
                buffer.append(notLocal)
                buffer.append(" ")
            }
            setMark()
            buffer.append("\n")
        }
        add("ip daddr . meta l4proto . th dport vmap @service-ips", to: "services")
        add("ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports", to: "services")
    }

    private mutating func writeMasquerading() {
        switch layout {
        case .endpointMaps:
            buffer.append("add rule ip kube-proxy masquerading mark and ")
            buffer.append(mark)
            buffer.append(" != 0 mark set mark xor ")
            buffer.append(mark)
            buffer.append(" masquerade fully-random\n")
            add(
                """
                ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random
                """, to: "masquerading")
        case .endpointChains:
            buffer.append("add rule ip kube-proxy mark-for-masquerade ")
            setMark()
            buffer.append("\nadd rule ip kube-proxy masquerading mark and ")
            buffer.append(mark)
            buffer.append(" == 0 return\nadd rule ip kube-proxy masquerading mark set mark xor ")
            buffer.append(mark)
            buffer.append("\n")
            add("masquerade fully-random", to: "masquerading")
        }
    }

    private mutating func setMark() {
        buffer.append("mark set mark or ")
        buffer.append(mark)
    }

    private mutating func container(_ kind: StaticString, _ name: StaticString, _ type: StaticString) {
        buffer.append("add ")
        buffer.append(kind)
        buffer.append(" ip kube-proxy ")
        buffer.append(name)
        buffer.append(" { ")
        buffer.append(type)
        buffer.append(" ; }\n")
        flush(kind, name)
    }

    private mutating func ensureTop(_ name: StaticString) {
        buffer.append("add chain ip kube-proxy ")
        buffer.append(name)
        buffer.append("\n")
        flush("chain", name)
    }

    private mutating func flush(_ kind: StaticString, _ name: StaticString) {
        buffer.append("flush ")
        buffer.append(kind)
        buffer.append(" ip kube-proxy ")
        buffer.append(name)
        buffer.append("\n")
    }

    private mutating func add(_ rule: StaticString, to chain: StaticString) {
        buffer.append("add rule ip kube-proxy ")
        buffer.append(chain)
        buffer.append(" ")
        buffer.append(rule)
        buffer.append("\n")
    }
}

// MARK: One service

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

    private mutating func take(_ service: ServicePort) {
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
        guard case .loadBalancer(let address, _, let ranges) = service.exposure else { return }
        rule("firewall-", names.base)
        buffer.append("ip saddr != { ")
        for (index, range) in ranges.enumerated() {
            if index > 0 { buffer.append(", ") }
            buffer.append(range)
        }
        // The node itself comes with the balancer's address as its source.
        if let node = configuration.nodeAddresses.first, ranges.contains(where: { $0.contains(node) }),
            !ranges.contains(where: { $0.contains(address) })
        {
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

// MARK: Elements

extension NFTWriter {
    /// The elements that a service has in sets and maps with a name; its chains have to be written before.
    mutating func elements(of service: ServicePort) -> [NFTElement] {
        take(service)
        var elements = [NFTElement(container: .clusterIPs, key: made { $0.append(service.clusterIP) })]
        let hasEndpoints = !service.endpoints.isEmpty
        entrance(service, service.clusterIP, "service-", to: &elements)
        switch service.exposure {
        case .clusterIP: break
        case .nodePort(let port): nodePort(port, hasEndpoints, service, to: &elements)
        case .loadBalancer(let address, let port, let ranges):
            entrance(service, address, "external-", to: &elements)
            if !ranges.isEmpty {
                elements.append(
                    NFTElement(
                        container: .firewallIPs, key: key(address, service.port), verdict: goto("firewall-")))
            }
            nodePort(port, hasEndpoints, service, to: &elements)
        }
        guard layout == .endpointMaps else { return elements }
        for endpoint in service.endpoints where endpoint.isLocal {
            elements.append(NFTElement(container: .hairpin, key: hairpinKey(endpoint)))
        }
        return elements
    }

    private mutating func entrance(
        _ service: ServicePort, _ address: IPv4Address, _ prefix: StaticString, to elements: inout [NFTElement]
    ) {
        let key = key(address, service.port)
        elements.append(
            service.endpoints.isEmpty
                ? NFTElement(
                    container: .noEndpointServices, key: key, comment: comment(service),
                    verdict: Array("goto reject-chain".utf8))
                : NFTElement(container: .serviceIPs, key: key, verdict: goto(prefix)))
    }

    private mutating func nodePort(
        _ port: UInt16, _ hasEndpoints: Bool, _ service: ServicePort, to elements: inout [NFTElement]
    ) {
        let transport = transport
        let key = made {
            $0.append(transport)
            $0.append(" . ")
            $0.append(number: Int(port))
        }
        elements.append(
            hasEndpoints
                ? NFTElement(container: .serviceNodePorts, key: key, verdict: goto("external-"))
                : NFTElement(
                    container: .noEndpointNodePorts, key: key, comment: comment(service),
                    verdict: Array("goto reject-chain".utf8)))
    }

    private mutating func key(_ address: IPv4Address, _ port: UInt16) -> [UInt8] {
        let transport = transport
        return made {
            $0.append(address)
            $0.append(" . ")
            $0.append(transport)
            $0.append(" . ")
            $0.append(number: Int(port))
        }
    }

    private mutating func hairpinKey(_ endpoint: ServiceEndpoint) -> [UInt8] {
        let transport = transport
        return made {
            $0.append(endpoint.address)
            $0.append(" . ")
            $0.append(endpoint.address)
            $0.append(" . ")
            $0.append(transport)
            $0.append(" . ")
            $0.append(number: Int(endpoint.port))
        }
    }

    private mutating func goto(_ prefix: StaticString) -> [UInt8] {
        let base = names.base
        return made {
            $0.append("goto ")
            $0.append(prefix)
            $0.append(base)
        }
    }

    private func comment(_ service: ServicePort) -> [UInt8] {
        Array(" comment \"\(service.name)\"".utf8)
    }

    private mutating func made(_ write: (inout TextBuffer) -> Void) -> [UInt8] {
        text.removeAll()
        write(&text)
        return text.bytes
    }

    /// Writes the line that adds an element.
    mutating func add(_ element: NFTElement) {
        buffer.append("add element ip kube-proxy ")
        buffer.append(text: element.container.rawValue)
        buffer.append(" { ")
        buffer.append(element.key)
        buffer.append(element.comment)
        if !element.verdict.isEmpty {
            buffer.append(" : ")
            buffer.append(element.verdict)
        }
        buffer.append(" }\n")
    }

    /// Writes the line that deletes an element.
    mutating func delete(_ element: NFTElement) {
        buffer.append("delete element ip kube-proxy ")
        buffer.append(text: element.container.rawValue)
        buffer.append(" { ")
        buffer.append(element.key)
        buffer.append(" }\n")
    }

    /// Writes the line that empties a chain.
    mutating func flush(chain: [UInt8]) {
        buffer.append("flush chain ip kube-proxy ")
        buffer.append(chain)
        buffer.append("\n")
    }

    /// Writes the line that deletes a chain.
    mutating func delete(chain: [UInt8]) {
        buffer.append("delete chain ip kube-proxy ")
        buffer.append(chain)
        buffer.append("\n")
    }

    /// Writes the line that deletes a set.
    mutating func delete(set: [UInt8]) {
        buffer.append("delete set ip kube-proxy ")
        buffer.append(set)
        buffer.append("\n")
    }
}
