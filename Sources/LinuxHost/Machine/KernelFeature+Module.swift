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
        case .prio: "CONFIG_NET_SCH_PRIO"
        case .flower: "CONFIG_NET_CLS_FLOWER"
        case .ingress: "CONFIG_NET_SCH_INGRESS"
        case .mirred: "CONFIG_NET_ACT_MIRRED"
        case .ifb: "CONFIG_IFB"
        case .nftables: "CONFIG_NF_TABLES"
        case .conntrack: "CONFIG_NF_CT_NETLINK and CONFIG_NF_CONNTRACK_MARK"
        case .ipvs: "CONFIG_IP_VS"
        }
    }

    /// The module that brings it where it is not built in.
    public var module: String {
        switch self {
        case .veth, .bridge, .vxlan, .ipv6, .dummy, .ipvlan, .macvlan, .ifb: rawValue
        case .netem: "sch_netem"
        case .prio: "sch_prio"
        case .flower: "cls_flower"
        case .ingress: "sch_ingress"
        case .mirred: "act_mirred"
        case .nftables: "nf_tables"
        case .conntrack: "nf_conntrack_netlink"
        case .ipvs: "ip_vs"
        }
    }
}
