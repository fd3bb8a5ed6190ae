import Resources

/// Remembers what came of trying networks out, so that each is tried once.
actor PluginCanaries {
    private var refusals: [String: PluginRefusal?] = [:]

    /// Whether a network is tried before it is measured: presets that not every machine can carry, and every list of a
    /// user's own, since nobody knows what it gives to pods.
    static func needs(_ network: CNIBenchmark.Network) -> Bool {
        switch network.source {
        case .preset(.macvlan), .preset(.ipvlan), .preset(.bridgePortmap), .preset(.bridgeBandwidth),
            .preset(.bridgeTuning), .conflist:
            true
        case .preset(.netlink), .preset(.bridge), .preset(.ptp): false
        }
    }

    /// Why the network cannot be used, or nil; `attempt` is made the first time.
    func refusal(ofNetwork name: String, _ attempt: @Sendable () async -> PluginRefusal?) async -> PluginRefusal? {
        if let known = refusals[name] { return known }
        let refusal = await attempt()
        refusals[name] = .some(refusal)
        return refusal
    }
}
