public import Contract

extension KernelFeature {
    /// The option that a kernel is built with to have it.
    public var configuration: String {
        switch self {
        case .veth: "CONFIG_VETH"
        case .bridge: "CONFIG_BRIDGE"
        case .vxlan: "CONFIG_VXLAN"
        case .ipv6: "CONFIG_IPV6"
        case .dummy: "CONFIG_DUMMY"
        case .ipvlan: "CONFIG_IPVLAN"
        case .macvlan: "CONFIG_MACVLAN"
        case .netem: "CONFIG_NET_SCH_NETEM"
        case .nftables: "CONFIG_NF_TABLES"
        case .ipvs: "CONFIG_IP_VS"
        }
    }

    /// The module that brings it where it is not built in.
    public var module: String {
        switch self {
        case .veth, .bridge, .vxlan, .ipv6, .dummy, .ipvlan, .macvlan: rawValue
        case .netem: "sch_netem"
        case .nftables: "nf_tables"
        case .ipvs: "ip_vs"
        }
    }
}
