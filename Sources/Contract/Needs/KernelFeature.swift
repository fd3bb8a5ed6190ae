/// What of the kernel this program needs somewhere, and not every kernel has.
///
/// Whether it is there is tried, in a namespace that is thrown away, and never looked up in a list of modules.
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
}
