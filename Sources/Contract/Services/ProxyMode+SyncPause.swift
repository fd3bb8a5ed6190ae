extension ProxyMode {
    /// From the end of a sync to the start of the next one at the earliest, as kube-proxy has it by default
    /// (`minSyncPeriod`).
    public var syncPause: Duration {
        switch self {
        case .iptablesLegacy, .iptablesNFT, .nftables, .nftablesEndpointChains: .seconds(1)
        case .none, .ipvs: .zero
        }
    }
}
