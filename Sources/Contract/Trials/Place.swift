/// Where a probe runs.
public enum Place: Sendable, Hashable, CustomStringConvertible {
    /// A node itself, counted from 0, of a network.
    case node(Int, of: String)
    /// A pod, counted from 0 on its node, of a network.
    case pod(Int, on: Int, of: String)
    /// A network of the probe's own, without links, that is made for the probe and is gone with it.
    ///
    /// Nothing has to be set up for it, and nothing is left.
    case scratch

    /// The network that the place belongs to; nil for a scratch place.
    public var network: String? {
        switch self {
        case .node(_, let network), .pod(_, _, let network): network
        case .scratch: nil
        }
    }

    /// The node that it is, or that it stands on; nil for a scratch place.
    public var node: Int? {
        switch self {
        case .node(let node, _), .pod(_, let node, _): node
        case .scratch: nil
        }
    }

    /// For people: `bridge/node0/pod1`.
    public var description: String {
        switch self {
        case .node(let node, let network): "\(network)/node\(node)"
        case .pod(let pod, let node, let network): "\(network)/node\(node)/pod\(pod)"
        case .scratch: "a namespace of its own"
        }
    }
}
