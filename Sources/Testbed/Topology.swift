public import Quantities

/// What a run needs to be set up: networks side by side, each with nodes of its own and pods on them.
public struct Topology: Sendable, Equatable {
    /// The networks, each isolated from the others.
    public var networks: [NetworkPlan]
    /// Nodes in each network.
    public var nodes: Int
    /// Address families that every node and pod has.
    public var families: [IPAddress.Family]

    /// A topology of these networks with so many nodes each.
    public init(networks: [NetworkPlan], nodes: Int, families: [IPAddress.Family]) {
        self.networks = networks
        self.nodes = nodes
        self.families = families
    }
}
