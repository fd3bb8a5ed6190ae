/// What is wrong somewhere.
public enum NetworkFault: String, Sendable, Hashable, Codable, CaseIterable {
    /// Packets are lost.
    case loss
    /// Packets come later than they did.
    case latency
    /// Large packets are lost and small ones are not.
    case mtu
    /// The connection tracker is nearly full.
    case conntrackFull = "conntrack-full"
    /// A link drops packets at the place itself.
    case linkDrops = "link-drops"
    /// A listener's queue is full, and the kernel refuses connections.
    case listenOverflow = "listen-overflow"
    /// The processors' backlog of packets is full.
    case backlogDrops = "backlog-drops"
    /// A link's MTU is not that of the same link elsewhere.
    case mtuMismatch = "mtu-mismatch"
    /// The kernel has no route to a peer.
    case missingRoute = "missing-route"

    /// Whether it follows from what checks met; otherwise the kernel of the place says it.
    public var isObserved: Bool { self == .loss || self == .latency || self == .mtu }
}
