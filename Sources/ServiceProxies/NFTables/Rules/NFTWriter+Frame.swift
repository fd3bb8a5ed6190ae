extension NFTWriter {
    /// The base chains: name, kind, hook and priority.
    static let baseChains: [(name: StaticString, kind: StaticString)] = [
        // -110 lies before translation (-100), where a packet still has the service's address.
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
        // Only the first packet of a connection is looked at: the decision holds for all others.
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
    ///
    /// Everything that a rule names is made before the rules, in one transaction.
    mutating func writeFrame() {
        write("add table ip kube-proxy { comment \"rules for kube-proxy\" ; }")
        // `add` takes what is there as it is, and `flush` empties it: together they work on every state.
        for (name, kind) in Self.baseChains {
            write(
                """
                add chain ip kube-proxy \(name) { \(kind) ; }
                flush chain ip kube-proxy \(name)
                """)
        }
        for name in Self.topChains { ensureTop(name) }
        if layout == .endpointChains { ensureTop("mark-for-masquerade") }
        for (kind, name, type) in Self.containers { ensure(kind, name, type) }
        if layout == .endpointMaps {
            ensure("set", "hairpin-connections", "type ipv4_addr . ipv4_addr . inet_proto . inet_service")
        }
        for address in configuration.nodeAddresses {
            write("add element ip kube-proxy nodeport-ips { \(address) }")
        }
        for (chain, rule) in Self.jumps { write("add rule ip kube-proxy \(chain) \(rule)") }
        writeMasquerading()
        writeChecks()
        writeServices()
    }

    private mutating func writeMasquerading() {
        // The bit is set where xor is reached, so xor clears it: a packet that passes the stack again is left alone.
        switch layout {
        case .endpointMaps:
            write(
                "add rule ip kube-proxy masquerading mark and \(mark) != 0 mark set mark xor \(mark) masquerade fully-random"
            )
            // A pod that meets itself must see another source, or it would answer to itself directly.
            write(
                """
                add rule ip kube-proxy masquerading ct status dnat \
                ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random
                """)
        case .endpointChains:
            write("add rule ip kube-proxy mark-for-masquerade mark set mark or \(mark)")
            write(
                """
                add rule ip kube-proxy masquerading mark and \(mark) == 0 return
                add rule ip kube-proxy masquerading mark set mark xor \(mark)
                add rule ip kube-proxy masquerading masquerade fully-random
                """)
        }
    }

    /// What is refused or dropped before an address is translated.
    private mutating func writeChecks() {
        write(
            """
            add rule ip kube-proxy cluster-ips-check ip daddr @cluster-ips \
            reject comment "Reject traffic to invalid ports of ClusterIPs"
            """)
        // What goes to an address that no service has is dropped, so that it does not wander about for ever.
        if !configuration.serviceRanges.isEmpty {
            let ranges = list(configuration.serviceRanges) { "\($0)" }
            write(
                """
                add rule ip kube-proxy cluster-ips-check ip daddr { \(ranges) } \
                drop comment "Drop traffic to unallocated ClusterIPs"
                """)
            words.forget(from: ranges)
        }
        write(
            """
            add rule ip kube-proxy reject-chain reject
            add rule ip kube-proxy service-endpoints-check ip daddr . meta l4proto . th dport vmap @no-endpoint-services
            add rule ip kube-proxy nodeport-endpoints-check ip daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports
            add rule ip kube-proxy firewall-check ip daddr . meta l4proto . th dport vmap @firewall-ips
            """)
    }

    /// By address and port to the chain of a service; what comes from outside the pods of this node is masqueraded.
    private mutating func writeServices() {
        if layout == .endpointMaps {
            write("add rule ip kube-proxy services ip daddr @cluster-ips \(elsewhere)mark set mark or \(mark)")
        }
        write(
            """
            add rule ip kube-proxy services ip daddr . meta l4proto . th dport vmap @service-ips
            add rule ip kube-proxy services ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports
            """)
    }

    private mutating func ensure(_ kind: StaticString, _ name: StaticString, _ type: StaticString) {
        write(
            """
            add \(kind) ip kube-proxy \(name) { \(type) ; }
            flush \(kind) ip kube-proxy \(name)
            """)
    }

    private mutating func ensureTop(_ name: StaticString) {
        write(
            """
            add chain ip kube-proxy \(name)
            flush chain ip kube-proxy \(name)
            """)
    }
}
