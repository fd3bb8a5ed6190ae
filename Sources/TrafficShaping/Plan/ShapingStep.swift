import Netlink

/// One request to the kernel.
enum ShapingStep: Sendable, Hashable {
    /// Packets for the link are cut into so many segments at most before they are queued.
    case limitSegments(UInt32, ofLinkWithIndex: Int)
    /// A link by which arriving packets are queued (`ifb`).
    case addIntermediary(name: String, index: Int)
    /// The link goes up.
    case bringUp(name: String)
    /// The link goes away, with its queues.
    case deleteLink(name: String)
    /// A queueing discipline.
    case queue(QueueRequest)
    /// A filter.
    case filter(FilterRequest)
}
