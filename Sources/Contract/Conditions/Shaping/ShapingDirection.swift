/// Which packets of an interface are shaped.
public enum ShapingDirection: String, Codable, Sendable, Hashable, CaseIterable {
    /// Those that leave.
    case egress
    /// Those that arrive.
    case ingress
    /// All; what goes to a peer and comes back is shaped twice.
    case both

    /// Whether packets that leave are shaped.
    public var hasEgress: Bool { self != .ingress }
    /// Whether packets that arrive are shaped.
    public var hasIngress: Bool { self != .egress }
}
