/// Where a fault is; numbers are positions in a `WatchMap`.
public enum Seat: Sendable, Hashable {
    /// All that passes a node, or only what comes into it or leaves it.
    case node(Int, Way)
    /// All from one node to another, and nothing of what comes back.
    case link(from: Int, to: Int)
    /// All between two nodes, the lower number first.
    case pair(Int, Int)
    /// All that passes one place.
    case spot(Int)
    /// All from one place to another.
    case spotLink(from: Int, to: Int)
    /// All between two places, the lower number first.
    case spotPair(Int, Int)
    /// A service or a resolver, whoever asks.
    case service(Int)
    /// A service as one place sees it.
    case serviceFrom(spot: Int, service: Int)

    /// Which packets of a node.
    public enum Way: Sendable, Hashable {
        case both, out, into
    }

    /// The same without the way at a node: a fault at a node is one fault, whichever of its packets were hit in a window.
    var merged: Seat {
        if case .node(let node, _) = self { .node(node, .both) } else { self }
    }
}
