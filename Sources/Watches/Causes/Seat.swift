/// Where a fault is; numbers are positions in a `WatchMap`.
public enum Seat: Sendable, Hashable, Codable {
    /// All that passes a node, or only what comes into it or leaves it.
    case node(Int, Way)
    /// All from one node to another, and nothing of what comes back.
    case link(from: Int, to: Int)
    /// All between two nodes, the lower number first.
    case pair(Int, Int)
    /// All that passes one place, or only what comes into it or leaves it.
    case spot(Int, Way = .both)
    /// All from one place to another.
    case spotLink(from: Int, to: Int)
    /// All between two places, the lower number first.
    case spotPair(Int, Int)
    /// A service or a resolver, whoever asks.
    case service(Int)
    /// A service as one place sees it.
    case serviceFrom(spot: Int, service: Int)

    /// Which packets of a node or of a place.
    public enum Way: Sendable, Hashable, Codable {
        case both, out, into
    }

    /// Which packets it is about; nil where its name says so.
    var way: Way? {
        switch self {
        case .node(_, let way), .spot(_, let way): way
        default: nil
        }
    }

    /// The same with other packets, where there is a choice.
    func going(_ way: Way) -> Seat {
        switch self {
        case .node(let node, _): .node(node, way)
        case .spot(let spot, _): .spot(spot, way)
        default: self
        }
    }

    /// The same without the way: a fault at a node or a place is one fault, whichever of its packets were hit in a window.
    var merged: Seat { going(.both) }
}
