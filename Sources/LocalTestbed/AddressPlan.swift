import Quantities
import Testbed

/// Which addresses nodes and pods get; the same in every network, since networks cannot see each other.
///
/// Nodes: `172.30.0.0/16` and `fd00:172:30::/64`. Pods: a /24 of `10.244.0.0/16` and a /64 of `fd00:10:244::/48` per
/// node.
struct AddressPlan: Sendable, Equatable {
    let families: [IPAddress.Family]

    private let nodes: [IPAddress.Family: CIDR]
    private let pods: [IPAddress.Family: CIDR]
    let podRangeLength: Int

    init(families: [IPAddress.Family], podRangeLength: Int = 24) throws(QuantityError) {
        self.families = families
        self.podRangeLength = podRangeLength
        nodes = [.ipv4: try CIDR(parsing: "172.30.0.0/16"), .ipv6: try CIDR(parsing: "fd00:172:30::/64")]
        pods = [.ipv4: try CIDR(parsing: "10.244.0.0/16"), .ipv6: try CIDR(parsing: "fd00:10:244::/48")]
    }

    /// The node's own address with the length of the nodes' shared prefix.
    func node(_ index: Int, _ family: IPAddress.Family) throws(TestbedError) -> CIDR {
        guard let range = nodes[family], let address = range.address(at: UInt64(index) + 1),
            let node = CIDR(address: address, prefixLength: range.prefixLength)
        else { throw exhausted("node \(index)", in: nodes[family]) }
        return node
    }

    /// The range of the node's pods.
    func podRange(_ index: Int, _ family: IPAddress.Family) throws(TestbedError) -> CIDR {
        let length = family == .ipv4 ? podRangeLength : 64
        guard let range = pods[family]?.subnet(prefixLength: length, index: UInt64(index)) else {
            throw exhausted("pods of node \(index)", in: pods[family])
        }
        return range
    }

    /// The address of a node's VXLAN device: the first of its pod range, as flannel does.
    func tunnelEndpoint(_ index: Int, _ family: IPAddress.Family) throws(TestbedError) -> CIDR {
        let range = try podRange(index, family)
        guard let endpoint = CIDR(address: range.network, prefixLength: family == .ipv4 ? 32 : 128) else {
            throw exhausted("the tunnel of node \(index)", in: range)
        }
        return endpoint
    }

    private func exhausted(_ who: String, in range: CIDR?) -> TestbedError {
        TestbedError(
            operation: "give addresses to",
            object: who,
            cause: "the range \(range.map(\.description) ?? "of that family") is used up",
            nextStep: "use fewer nodes"
        )
    }
}
