public import Quantities

/// What a run needs to be set up: networks side by side, each with nodes of its own and pods on them.
///
/// A testbed makes them, or adopts those that are there already (``NetworkPlan/PodNetwork/adopted``).
public struct Topology: Sendable, Equatable {
    /// The networks, each isolated from the others.
    public var networks: [NetworkPlan]
    /// Nodes in each network.
    public var nodes: Int
    /// Address families that every node and pod has.
    public var families: [IPAddress.Family]
    /// The length of the prefix of each node's IPv4 pod range; 24 has room for 253 pods.
    public var podRangeLength: Int

    /// A topology of these networks with so many nodes each.
    public init(networks: [NetworkPlan], nodes: Int, families: [IPAddress.Family], podRangeLength: Int = 24) {
        self.networks = networks
        self.nodes = nodes
        self.families = families
        self.podRangeLength = podRangeLength
    }

    /// The network of a name.
    public func network(named name: String) -> NetworkPlan? { networks.first { $0.name == name } }
}
