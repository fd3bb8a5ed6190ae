import Resources

/// Remembers which networks cannot be made here, so that each is tried once.
actor PluginCanaries {
    private var reasons: [String: String?] = [:]

    /// Whether a network can be refused for what the kernel or the machine lacks.
    static func needs(_ network: CNIBenchmark.Network) -> Bool {
        switch network.source {
        case .preset(.macvlan), .preset(.ipvlan), .preset(.bridgePortmap), .preset(.bridgeBandwidth),
            .preset(.bridgeTuning):
            true
        case .preset(.netlink), .preset(.bridge), .preset(.ptp), .conflist: false
        }
    }

    /// Why the network cannot be used, or nil; `attempt` is made the first time.
    func reason(forNetwork name: String, _ attempt: @Sendable () async -> String?) async -> String? {
        if let known = reasons[name] { return known }
        let reason = await attempt()
        reasons[name] = .some(reason)
        return reason
    }
}
