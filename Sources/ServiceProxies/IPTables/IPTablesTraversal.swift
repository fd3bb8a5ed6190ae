/// Counters of the rules of one table, from a listing.
package enum IPTablesTraversal {
    /// Targets behind which no rule of the same chain is looked at.
    private static let deciding: Set<String> = [
        "ACCEPT", "DROP", "REJECT", "RETURN", "DNAT", "SNAT", "MASQUERADE", "REDIRECT", "QUEUE", "NFQUEUE",
    ]

    /// The chains of a table with their rules in order; chains without rules are there, too.
    package static func read(
        _ listing: [UInt8], table wanted: IPTablesTable, from program: String
    ) throws(ServiceProxyError) -> RuleTraversal {
        var chains: [String: [RuleTraversal.Rule]] = [:]
        var isWanted = false
        // The rules of a chain stand one behind the other, so that a look-up for each chain is enough.
        var current = ""
        var rules: [RuleTraversal.Rule] = []
        try IPTablesSave.read(listing, from: program) { line in
            switch line {
            case .table(let name): isWanted = name.elementsEqual(wanted.rawValue.utf8)
            case .chain(let name):
                if isWanted { chains[String(decoding: name, as: UTF8.self)] = [] }
            case .rule(let packets, let chain, let rest):
                guard isWanted else { return }
                if !chain.elementsEqual(current.utf8) {
                    if !rules.isEmpty { chains[current, default: []] += rules }
                    current = String(decoding: chain, as: UTF8.self)
                    rules = []
                }
                let target = IPTablesSave.target(of: rest).map { String(decoding: $0, as: UTF8.self) }
                rules.append(
                    RuleTraversal.Rule(
                        packets: packets, target: target, isFinal: target.map(deciding.contains) ?? false))
            }
        }
        if !rules.isEmpty { chains[current, default: []] += rules }
        // A target that is no chain of the table is a verdict, where the walk ends.
        for (name, rules) in chains {
            chains[name] = rules.map { rule in
                guard let target = rule.target, chains[target] == nil else { return rule }
                return RuleTraversal.Rule(packets: rule.packets, target: nil, isFinal: rule.isFinal)
            }
        }
        return RuleTraversal(chains: chains)
    }
}
