extension IPVSState {
    /// Services, destinations, addresses and elements.
    var counts: ObjectCounts {
        ObjectCounts([
            .virtualServices: served.count,
            .destinations: served.reduce(0) { $0 + $1.destinations.count },
            .addresses: addresses.count,
            .elements: elements.count,
        ])
    }
}

extension IPVSRules {
    /// Chains, rules and jump rules.
    var counts: ObjectCounts {
        ObjectCounts([
            .chains: Self.natChains.count + Self.filterChains.count,
            .rules: nat.count,
            .filterRules: filter.count,
            .jumpRules: Self.jumps.count,
        ])
    }
}
