/// How a service proxy programs the kernel: the modes of kube-proxy, and none at all.
public enum ProxyMode: String, Sendable, Hashable, CaseIterable, Codable, CustomStringConvertible {
    /// No proxy: the floor, endpoints are addressed directly.
    case none
    /// iptables through the kernel's x_tables (`iptables-legacy-restore`).
    case iptablesLegacy = "iptables-legacy"
    /// iptables through nf_tables (`iptables-nft-restore`).
    case iptablesNFT = "iptables-nft"
    /// nftables as of kube-proxy 1.36: a rule with an anonymous `numgen` map for each service.
    case nftables
    /// nftables as of kube-proxy 1.29 to 1.35: a chain for each endpoint.
    case nftablesEndpointChains = "nftables-endpoint-chains"
    /// The kernel's load balancer with `kube-ipvs0`, ipsets and a constant number of iptables rules.
    case ipvs

    /// The word in resources, plans and the database.
    public var description: String { rawValue }
}
