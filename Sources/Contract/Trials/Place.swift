/// Where a probe runs: a pod, or a node itself, of one network; or a namespace of its own.
public struct Place: Sendable, Hashable, CustomStringConvertible {
    /// The network's name.
    public var network: String
    /// The node's index, from 0.
    public var node: Int
    /// The pod's index on its node, or nil for the node's own network.
    public var pod: Int?

    /// A place in a network.
    public init(network: String, node: Int, pod: Int? = nil) {
        self.network = network
        self.node = node
        self.pod = pod
    }

    /// A network namespace without links that is made for the probe and is gone with it.
    ///
    /// For probes that bring a network of their own along; nothing has to be set up for it, and nothing is left.
    public static let ownNamespace = Place(network: "", node: 0)

    /// For people: `bridge/node0/pod1`.
    public var description: String {
        if self == Self.ownNamespace { return "a namespace of its own" }
        return pod.map { "\(network)/node\(node)/pod\($0)" } ?? "\(network)/node\(node)"
    }
}
