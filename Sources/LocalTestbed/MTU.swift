import Quantities
import Testbed

/// Sizes of packets, in bytes.
enum MTU {
    /// What joins the nodes.
    static let fabric = 1500

    /// What VXLAN adds: inner Ethernet 14, VXLAN 8, UDP 8, outer IP 20 (RFC 7348).
    static let vxlanOverhead = 50

    /// What a pod of this network may send.
    static func pod(of network: NetworkPlan) -> Int {
        network.mtu ?? (network.fabric == .vxlan ? fabric - vxlanOverhead : fabric)
    }
}
