import ContainerNetworking
import Quantities
import Testbed

extension AddressPlan {
    /// The plan for one network: nodes have IPv6, too, where the network's list gives pods IPv6 addresses.
    ///
    /// Without it the node would not forward such packets, and would know no way to the other nodes' pods. A list that
    /// cannot be read changes nothing; it is refused elsewhere.
    func serving(_ network: NetworkPlan) throws(QuantityError) -> AddressPlan {
        guard case .conflist = network.podNetwork, !families.contains(.ipv6),
            let list = try? NodeConflist(network: network, node: 0, plan: self, leases: "/").list(),
            ListedFamilies.families(of: list).contains(.ipv6)
        else { return self }
        return try AddressPlan(families: families + [.ipv6], podRangeLength: podRangeLength)
    }
}
