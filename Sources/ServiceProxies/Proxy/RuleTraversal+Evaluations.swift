extension RuleTraversal {
    /// How many rules a packet was compared with on average since an earlier reading, for so many packets.
    ///
    /// A rule is compared with what entered its chain and was not decided by a rule before it. What a jump decided is
    /// the share of its chain's packets that met a deciding rule in there; the rest comes back and goes on. Packets
    /// enter a chain by the rules that lead to it, and the kernel's own chains by their busiest rule, which has to be
    /// one that matches everything. 0 for no packets.
    public func evaluations(since earlier: RuleTraversal, packets: Int) -> Double {
        guard packets > 0 else { return 0 }
        var walk = Walk(delta(since: earlier))
        return walk.comparisons() / Double(packets)
    }

    /// The same rules with what their counters grew by; a counter that went back counts as started anew.
    private func delta(since earlier: RuleTraversal) -> [String: [Rule]] {
        chains.reduce(into: [:]) { result, entry in
            let before = earlier.chains[entry.key] ?? []
            result[entry.key] = entry.value.enumerated().map { index, rule in
                var rule = rule
                let old = index < before.count ? before[index].packets : 0
                rule.packets = rule.packets >= old ? rule.packets - old : rule.packets
                return rule
            }
        }
    }
}

/// One computation over the chains.
private struct Walk {
    private let chains: [String: [RuleTraversal.Rule]]
    /// Packets that rules handed to each chain.
    private var entered: [String: Double] = [:]
    private var decided: [String: Double] = [:]

    init(_ chains: [String: [RuleTraversal.Rule]]) {
        self.chains = chains
        var targets: Set<String> = []
        for rules in chains.values {
            for rule in rules {
                guard let target = rule.target else { continue }
                targets.insert(target)
                entered[target, default: 0] += Double(rule.packets)
            }
        }
        for (name, rules) in chains where !targets.contains(name) {
            entered[name] = Double(rules.map(\.packets).max() ?? 0)
        }
    }

    mutating func comparisons() -> Double {
        var sum = 0.0
        for (name, rules) in chains {
            var left = entered[name] ?? 0
            for rule in rules where left > 0 {
                sum += left
                left -= stopped(by: rule)
            }
        }
        return sum
    }

    /// Packets of a rule that the next rule of its chain does not see.
    private mutating func stopped(by rule: RuleTraversal.Rule) -> Double {
        let packets = Double(rule.packets)
        guard packets > 0 else { return 0 }
        guard let target = rule.target else { return rule.isFinal ? packets : 0 }
        return packets * share(of: target)
    }

    /// The part of a chain's packets that does not come back from it.
    private mutating func share(of chain: String) -> Double {
        if let known = decided[chain] { return known }
        // The kernel refuses loops; should a listing have one, it ends here.
        decided[chain] = 0
        guard let all = entered[chain], all > 0 else { return 0 }
        var stopped = 0.0
        for rule in chains[chain] ?? [] { stopped += self.stopped(by: rule) }
        let share = min(stopped / all, 1)
        decided[chain] = share
        return share
    }
}
