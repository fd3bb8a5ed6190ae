import Resources
import Testbed

extension NetworkConnectivityTest.Local.Network {
    /// The same in the words of testbeds.
    var plan: NetworkPlan.PodNetwork {
        switch self {
        case .netlink: .direct
        case .bridge: .bridge
        case .ptp: .pointToPoint
        case .macvlan: .macvlan
        case .ipvlan: .ipvlan
        }
    }
}
