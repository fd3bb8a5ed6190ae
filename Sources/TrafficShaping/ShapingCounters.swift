import Netlink

/// What went through a shaped queue so far.
public struct ShapingCounters: Sendable, Hashable {
    /// Packets that left it, copies among them.
    public let packets: UInt64
    /// Their bytes.
    public let bytes: UInt64
    /// Packets that it lost, on purpose or for lack of room.
    public let drops: UInt64

    init(_ counters: QueueCounters) {
        packets = counters.packets
        bytes = counters.bytes
        drops = counters.drops
    }
}
