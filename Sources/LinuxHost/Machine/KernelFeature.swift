/// What of the kernel this program needs somewhere, and not every kernel has.
///
/// The probes stand in `Netlink`: a feature is tried in a namespace without a name, never looked up in a list of modules.
public enum KernelFeature: String, Sendable, CaseIterable {
    /// Pairs of virtual Ethernet links.
    case veth
    /// The learning Ethernet switch.
    case bridge
    /// Ethernet over UDP.
    case vxlan
    /// Internet Protocol version 6.
    case ipv6
    /// Links that do nothing, to hold addresses.
    case dummy
    /// Links that share another one's Ethernet address.
    case ipvlan
    /// Links with an Ethernet address of their own over another one.
    case macvlan
    /// Delay, loss and reordering on a link.
    case netem
    /// The packet filter `nf_tables`.
    case nftables
    /// The load balancer in the kernel.
    case ipvs

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
