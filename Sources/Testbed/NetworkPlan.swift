/// One named network of a topology: how pods are attached, and what joins the nodes.
public struct NetworkPlan: Sendable, Equatable {
    /// How pods come to the network.
    public enum PodNetwork: Sendable, Hashable {
        /// No pod network: only nodes, the baseline.
        case none
        /// CNI `bridge` with `host-local` addresses.
        case bridge
        /// CNI `ptp` with `host-local` addresses.
        case pointToPoint
        /// CNI `macvlan` on the node's uplink, with `host-local` addresses.
        case macvlan
        /// CNI `ipvlan` on the node's uplink, with `host-local` addresses.
        case ipvlan
        /// CNI `bridge`, followed by another plugin in the chain.
        case chained(Companion)
        /// Veth pairs, addresses and routes made without plugins, by whoever attaches the pods.
        case direct
        /// Whatever is there: the network is adopted, and pods get from it what it gives them.
        case adopted
        /// A CNI configuration list from a file, with `{{…}}` placeholders filled in for each node.
        case conflist(path: String)
    }

    /// A plugin that stands behind `bridge` in a chain.
    public enum Companion: String, Sendable, Equatable, CaseIterable {
        /// Forwards ports of the node.
        case portmap
        /// Limits the rate of the pod's link.
        case bandwidth
        /// Sets sysctls of the pod.
        case tuning
    }

    /// How packets for pods travel between nodes.
    public enum Fabric: String, Sendable, Equatable {
        /// Routes to the other nodes' pod ranges, through the nodes' own addresses.
        case routes
        /// A VXLAN device on each node, with static neighbours and forwarding entries.
        case vxlan
    }

    /// The name it is called by in resources, results and charts.
    public var name: String
    /// How pods are attached.
    public var podNetwork: PodNetwork
    /// What carries pod traffic between nodes.
    public var fabric: Fabric
    /// The pods' MTU in bytes; nil is what the fabric allows.
    public var mtu: Int?
    /// Pods on each node, by node index.
    public var podsOnNode: [Int]

    /// A network plan; `podsOnNode` has one entry for each node.
    public init(name: String, podNetwork: PodNetwork, fabric: Fabric, mtu: Int? = nil, podsOnNode: [Int]) {
        self.name = name
        self.podNetwork = podNetwork
        self.fabric = fabric
        self.mtu = mtu
        self.podsOnNode = podsOnNode
    }
}
