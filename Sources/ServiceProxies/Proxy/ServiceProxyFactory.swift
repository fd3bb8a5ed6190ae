public import Contract

/// Makes the proxy of a mode.
public enum ServiceProxyFactory {
    /// The proxy of a mode; nil for a mode that this version has none for.
    public static func proxy(for mode: ProxyMode, configuration: ProxyConfiguration) -> (any ServiceProxy)? {
        switch mode {
        case .none: NoProxy()
        case .iptablesLegacy: IPTablesProxy(backend: .legacy, configuration: configuration)
        case .iptablesNFT: IPTablesProxy(backend: .nft, configuration: configuration)
        case .nftables: NFTablesProxy(layout: .endpointMaps, configuration: configuration)
        case .nftablesEndpointChains: NFTablesProxy(layout: .endpointChains, configuration: configuration)
        case .ipvs: IPVSProxy(configuration: configuration)
        }
    }
}
