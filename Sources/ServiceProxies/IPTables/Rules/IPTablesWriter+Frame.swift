/// What is there whatever the services are.
extension IPTablesWriter {
    mutating func writeFirstRules() {
        // The mark goes before masquerading: a packet that passes the stack again must not be masqueraded twice. Random
        // ports: two connections that are translated at the same moment would try the same one, and one would be lost.
        nat(
            """
            -A KUBE-POSTROUTING -m mark ! --mark \(mark)/\(mark) -j RETURN
            -A KUBE-POSTROUTING -j MARK --xor-mark \(mark)
            -A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
            -A KUBE-MARK-MASQ -j MARK --or-mark \(mark)
            """)
        guard configuration.localhostNodePorts else { return }
        // With route_localnet set for node ports, others on the network could reach what listens at 127.0.0.1.
        filter(
            """
            -A KUBE-FIREWALL -m comment --comment "block incoming localnet connections" -d 127.0.0.0/8 ! -s 127.0.0.0/8 \
            -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP
            """)
    }

    /// The chain line empties the chain, which has to be so for it to be deleted.
    mutating func writeRemovals(of chains: [String]) {
        for chain in chains {
            let chain = words.put(text: chain)
            natChain(":\(chain) - [0:0]")
            nat("-X \(chain)")
            words.forget(from: chain)
        }
    }

    mutating func writeLastRules() {
        // Behind all services: an address that is a service's and the node's own is the service's first.
        let notLocalhost: RuleText = configuration.localhostNodePorts ? "" : " ! -d 127.0.0.0/8"
        nat(
            """
            -A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" \
            -m addrtype --dst-type LOCAL\(notLocalhost) -j KUBE-NODEPORTS
            """)
        // A packet that conntrack calls invalid is not translated back, and must not leave with a pod's own address.
        let counted: RuleText =
            counters.contains(.invalid) ? " -m nfacct --nfacct-name ct_state_invalid_dropped_pkts" : ""
        filter(
            """
            -A KUBE-FORWARD -m conntrack --ctstate INVALID\(counted) -j DROP
            -A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark \(mark)/\(mark) -j ACCEPT
            -A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" \
            -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            """)
    }

    func begin(_ table: IPTablesTable, _ isWhole: Bool, in buffer: inout TextBuffer) {
        buffer.appendLine("*\(table.name)")
        var chains = isWhole ? table.fixedChains : table.filledChains
        if !isWhole, table == .filter, configuration.localhostNodePorts {
            chains.append(IPTablesTable.localnetFirewall)
        }
        for chain in chains { buffer.appendLine(":\(chain) - [0:0]") }
    }

    func end(_ table: IPTablesTable, _ isWhole: Bool, in buffer: inout TextBuffer) {
        if isWhole { for jump in JumpRule.all where jump.table == table { jump.write(to: &buffer) } }
        buffer.appendLine("COMMIT")
    }
}
