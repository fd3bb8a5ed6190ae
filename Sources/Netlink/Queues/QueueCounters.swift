import CLibnl

/// What went through a queueing discipline since it was made (`TCA_STATS2`).
public struct QueueCounters: Sendable, Hashable {
    /// Packets that left it.
    public var packets: UInt64
    /// Their bytes.
    public var bytes: UInt64
    /// Packets that it lost.
    public var drops: UInt64
    /// Packets that are in it.
    public var waiting: UInt64

    /// Counters; all 0 unless said otherwise.
    public init(packets: UInt64 = 0, bytes: UInt64 = 0, drops: UInt64 = 0, waiting: UInt64 = 0) {
        self.packets = packets
        self.bytes = bytes
        self.drops = drops
        self.waiting = waiting
    }

    // The types within TCA_STATS2, of linux/gen_stats.h.
    private static let basic = 1
    private static let queue = 3
    private static let packets64 = 8

    init(_ payload: UnsafeRawBufferPointer) {
        self.init()
        for attribute in AttributeReader(payload) {
            let bytes = attribute.payload
            switch attribute.type {
            case Self.basic where bytes.count >= 12:
                self.bytes = bytes.loadUnaligned(as: UInt64.self)
                packets = max(packets, UInt64(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
            case Self.queue where bytes.count >= 12:
                waiting = UInt64(bytes.loadUnaligned(as: UInt32.self))
                drops = UInt64(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
            case Self.packets64: packets = attribute.number() ?? packets
            default: break
            }
        }
    }
}
