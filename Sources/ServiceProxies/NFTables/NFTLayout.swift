import Contract

/// How endpoints are laid out in nftables.
public enum NFTLayout: Sendable, Hashable, CaseIterable {
    /// Since kube-proxy 1.36: a rule for each service with a map without a name, chains for endpoints with affinity
    /// only.
    case endpointMaps
    /// kube-proxy 1.29 to 1.35: a chain for each endpoint.
    case endpointChains

    /// The mode that it belongs to.
    var mode: ProxyMode {
        switch self {
        case .endpointMaps: .nftables
        case .endpointChains: .nftablesEndpointChains
        }
    }
}
