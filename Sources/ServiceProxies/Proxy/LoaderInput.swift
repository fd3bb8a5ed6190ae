public import Contract

/// What the loading program of a mode is given, without loading it.
public enum LoaderInput {
    /// The input of a full sync into an empty namespace; nil for modes that start no program.
    public static func fullSync(
        of services: [ServicePort], mode: ProxyMode, configuration: ProxyConfiguration
    ) -> [UInt8]? {
        switch mode {
        case .iptablesLegacy, .iptablesNFT:
            IPTablesPlanner(configuration: configuration).fullSync(services, isWhole: true)
        case .nftables: nft(.endpointMaps, services, configuration)
        case .nftablesEndpointChains: nft(.endpointChains, services, configuration)
        case .none, .ipvs: nil
        }
    }

    private static func nft(
        _ layout: NFTLayout, _ services: [ServicePort], _ configuration: ProxyConfiguration
    ) -> [UInt8] {
        let plan = NFTPlanner(configuration: configuration, layout: layout).fullSync(services)
        return plan.transactions.count == 1 ? plan.transactions[0] : Array(plan.transactions.joined())
    }
}
