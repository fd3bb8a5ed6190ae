/// The rules of iptables that IPVS cannot do without: masquerading, marks, and the protection of the node's own ports.
///
/// Their number does not grow with the services, but for balancers whose source ranges leave the node itself out: a
/// rule each.
struct IPVSRules: Sendable, Equatable {
    /// In the order in which kube-proxy puts each before what is there.
    static let jumps: [JumpRule] = [
        .nat("OUTPUT", "KUBE-SERVICES", "kubernetes service portals"),
        .nat("PREROUTING", "KUBE-SERVICES", "kubernetes service portals"),
        .nat("POSTROUTING", "KUBE-POSTROUTING", "kubernetes postrouting rules"),
        .filter("FORWARD", "KUBE-FORWARD", "kubernetes forwarding rules"),
        .filter("INPUT", "KUBE-NODE-PORT", "kubernetes health check rules"),
        .filter("INPUT", "KUBE-PROXY-FIREWALL", "kube-proxy firewall rules"),
        .filter("FORWARD", "KUBE-PROXY-FIREWALL", "kube-proxy firewall rules"),
        .filter("INPUT", "KUBE-IPVS-FILTER", "kubernetes ipvs access filter"),
        .filter("OUTPUT", "KUBE-IPVS-OUT-FILTER", "kubernetes ipvs access filter"),
    ]

    static let natChains: [StaticString] = [
        "KUBE-SERVICES", "KUBE-POSTROUTING", "KUBE-NODE-PORT", "KUBE-LOAD-BALANCER", "KUBE-MARK-MASQ",
    ]
    static let filterChains: [StaticString] = [
        "KUBE-FORWARD", "KUBE-NODE-PORT", "KUBE-PROXY-FIREWALL", "KUBE-SOURCE-RANGES-FIREWALL", "KUBE-IPVS-FILTER",
        "KUBE-IPVS-OUT-FILTER",
    ]

    /// Rules of the table `nat`, as they are written behind `-A `.
    let nat: [String]
    /// Rules of the table `filter`.
    let filter: [String]

    init(_ plan: IPVSPlan) {
        nat = Self.natRules(plan)
        filter = Self.filterRules(plan)
    }

    /// The input of `iptables-restore --noflush`.
    ///
    /// The chains are emptied and filled again; jump rules come only where they are missing.
    /// Without `existing` all of those are there.
    func text(over existing: IPTablesSurvey?) -> [UInt8] {
        var buffer = TextBuffer(capacity: 8_192)
        Self.write(.nat, Self.natChains, nat, existing, to: &buffer)
        Self.write(.filter, Self.filterChains, filter, existing, to: &buffer)
        return buffer.takeBytes()
    }

    /// What takes chains and jump rules away again.
    static func removal(of existing: IPTablesSurvey) -> [UInt8] {
        var buffer = TextBuffer()
        for (table, content) in existing.tables.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            buffer.append(text: "*\(table.rawValue)\n")
            // With --noflush this line empties a chain that exists. A chain in use cannot be deleted, so jumps go before chains.
            for chain in content.chains { buffer.append(text: ":\(chain) - [0:0]\n") }
            for jump in content.jumps { buffer.append(text: "-D \(jump)\n") }
            for chain in content.chains { buffer.append(text: "-X \(chain)\n") }
            buffer.appendLine("COMMIT")
        }
        return buffer.takeBytes()
    }

    private static func write(
        _ table: IPTablesTable, _ chains: [StaticString], _ rules: [String], _ existing: IPTablesSurvey?,
        to buffer: inout TextBuffer
    ) {
        buffer.append(text: "*\(table.rawValue)\n")
        for chain in chains { buffer.append(text: ":\(chain) - [0:0]\n") }
        for jump in jumps where jump.table == table {
            guard let existing, !existing.jumpKeys(of: table).contains(jump.key) else { continue }
            jump.write(to: &buffer)
        }
        for rule in rules { buffer.append(text: "-A \(rule)\n") }
        buffer.appendLine("COMMIT")
    }

    private static func matching(_ set: IPVSSet, _ directions: String? = nil) -> String {
        "-m set --match-set \(set.rawValue) \(directions ?? set.match)"
    }

    private static func matchingWithComment(_ set: IPVSSet) -> String {
        "-m comment --comment \"\(set.comment)\" \(matching(set))"
    }

    /// kube-proxy writes rules only for sets that are not empty.
    private static func natRules(_ plan: IPVSPlan) -> [String] {
        let mark = String(1 << UInt(plan.configuration.masqueradeBit), radix: 16)
        let isUsed = { (set: IPVSSet) in plan.elementsOfSet[set, default: 0] > 0 }
        var rules = ["KUBE-SERVICES -s 127.0.0.0/8 -j RETURN"]
        if isUsed(.loopBack) { rules.append("KUBE-POSTROUTING \(matchingWithComment(.loopBack)) -j MASQUERADE") }
        if isUsed(.loadBalancer) {
            rules.append("KUBE-SERVICES \(matchingWithComment(.loadBalancer)) -j KUBE-LOAD-BALANCER")
        }
        if isUsed(.nodePortTCP) {
            rules.append("KUBE-NODE-PORT -p tcp \(matchingWithComment(.nodePortTCP)) -j KUBE-MARK-MASQ")
        }
        if isUsed(.nodePortUDP) {
            rules.append("KUBE-NODE-PORT -p udp \(matchingWithComment(.nodePortUDP)) -j KUBE-MARK-MASQ")
        }
        if isUsed(.clusterIP) {
            let elsewhere = plan.configuration.masqueradesAll ? "" : " ! -s \(plan.configuration.localPodRange)"
            rules.append("KUBE-SERVICES \(matchingWithComment(.clusterIP))\(elsewhere) -j KUBE-MARK-MASQ")
        }
        rules.append("KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT")
        rules.append("KUBE-LOAD-BALANCER -j KUBE-MARK-MASQ")
        // At the end of the chain, as in kube-proxy: rules of others must not block what IPVS is to take.
        for set in [IPVSSet.clusterIP, .loadBalancer] where isUsed(set) {
            rules.append("KUBE-SERVICES \(matching(set)) -j ACCEPT")
        }
        rules.append("KUBE-POSTROUTING -m mark ! --mark 0x\(mark)/0x\(mark) -j RETURN")
        // The bit is set here, so xor clears it: a packet that passes the stack again is not masqueraded twice.
        rules.append("KUBE-POSTROUTING -j MARK --xor-mark 0x\(mark)")
        rules.append(
            // Random ports: with ascending ones, two packets at the same moment pick the same port, and one is dropped.
            "KUBE-POSTROUTING -m comment --comment \"kubernetes service traffic requiring SNAT\" -j MASQUERADE --random-fully"
        )
        rules.append("KUBE-MARK-MASQ -j MARK --or-mark 0x\(mark)")
        return rules
    }

    private static func filterRules(_ plan: IPVSPlan) -> [String] {
        let mark = String(1 << UInt(plan.configuration.masqueradeBit), radix: 16)
        var rules: [String] = []
        if plan.elementsOfSet[.loadBalancerFirewall, default: 0] > 0 {
            rules.append(
                "KUBE-PROXY-FIREWALL \(matchingWithComment(.loadBalancerFirewall)) -j KUBE-SOURCE-RANGES-FIREWALL")
        }
        for set in [IPVSSet.loadBalancerSourceCIDR, .loadBalancerSourceIP]
        where plan.elementsOfSet[set, default: 0] > 0 {
            rules.append("KUBE-SOURCE-RANGES-FIREWALL \(matchingWithComment(set)) -j RETURN")
        }
        rules.append("KUBE-SOURCE-RANGES-FIREWALL -j DROP")
        for one in plan.blocked {
            rules.append(
                "KUBE-IPVS-OUT-FILTER -s \(one.address) -m ipvs --vaddr \(one.address) --vproto \(one.transport.rawValue) "
                    + "--vport \(one.port) -j DROP")
        }
        rules.append(
            // Marked packets pass even where the policy of FORWARD is to drop.
            "KUBE-FORWARD -m comment --comment \"kubernetes forwarding rules\" -m mark --mark 0x\(mark)/0x\(mark) -j ACCEPT"
        )
        rules.append(
            "KUBE-FORWARD -m comment --comment \"kubernetes forwarding conntrack rule\" "
                + "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
        rules.append("KUBE-NODE-PORT \(matchingWithComment(.healthCheckNodePort)) -j ACCEPT")
        // What listens on the node must not be reached by way of a virtual address.
        for set in [IPVSSet.loadBalancer, .clusterIP, .externalIP, .externalIPLocal, .healthCheckNodePort] {
            rules.append("KUBE-IPVS-FILTER \(matching(set)) -j RETURN")
        }
        rules.append("KUBE-IPVS-FILTER -m conntrack --ctstate NEW \(matching(.addresses)) -j REJECT")
        return rules
    }
}
