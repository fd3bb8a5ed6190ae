import Quantities
import Testbed

/// Sizes of packets in one network, in bytes.
struct MTU: Sendable, Equatable {
    /// Ethernet's own, for whoever asks for nothing else.
    private static let ethernet = 1500

    /// What a pod may send.
    let pod: Int
    /// What joins the nodes: at least Ethernet's, and enough for the largest packet of a pod with all its headers.
    let fabric: Int

    /// The sizes of a network whose nodes have these families.
    init(of network: NetworkPlan, families: [IPAddress.Family]) {
        let overhead = network.fabric == .vxlan ? Self.vxlanOverhead(over: families) : 0
        pod = network.mtu ?? Self.ethernet - overhead
        fabric = max(Self.ethernet, pod + overhead)
    }

    /// What VXLAN adds: inner Ethernet 14, VXLAN 8, UDP 8, and the outer IP header of 20 or 40 (RFC 7348).
    private static func vxlanOverhead(over families: [IPAddress.Family]) -> Int {
        families.contains(.ipv4) ? 50 : 70
    }
}
