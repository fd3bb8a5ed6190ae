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
    /// Queues in the order of their priority, for packets that are shaped and packets that are not.
    case prio
    /// Classes for packets by their addresses and ports.
    case flower
    /// Rules for packets that arrive.
    case ingress
    /// Packets sent on through another link.
    case mirred
    /// Links through which packets that arrive are queued.
    case ifb
    /// The packet filter `nf_tables`.
    case nftables
    /// A connection tracker whose entries can be written, and told apart by a mark.
    case conntrack
    /// The load balancer in the kernel.
    case ipvs
}
