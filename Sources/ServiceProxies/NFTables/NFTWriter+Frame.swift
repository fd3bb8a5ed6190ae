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
        writeServiceRanges()
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

    /// What goes to an address that no service has is dropped, so that it does not wander about for ever.
    private mutating func writeServiceRanges() {
        guard !configuration.serviceRanges.isEmpty else { return }
        buffer.append("add rule ip kube-proxy cluster-ips-check ip daddr { ")
        for (index, range) in configuration.serviceRanges.enumerated() {
            if index > 0 { buffer.append(", ") }
            buffer.append(range)
        }
        buffer.append(" } drop comment \"Drop traffic to unallocated ClusterIPs\"\n")
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

    mutating func setMark() {
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
