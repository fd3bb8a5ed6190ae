/// The settings of `prio`: queues that are served in their order, and which one a packet is put into that no filter claims.
public struct PriorityBands: Sendable, Hashable {
    /// How many queues, 2 to 16.
    public var count: Int
    /// The queue of packets that no filter claims, whatever their priority, from 0.
    public var usual: UInt8

    /// So many queues.
    public init(_ count: Int, usual: UInt8) {
        self.count = count
        self.usual = usual
    }

    /// As the kernel takes it, `struct tc_prio_qopt`.
    public var bytes: [UInt8] {
        var writer = MessageWriter()
        writer.append(Int32(truncatingIfNeeded: count))
        for _ in 0..<Self.priorities { writer.append(usual) }
        return writer.bytes
    }

    /// Reads what the kernel says; nil for priorities that go different ways.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 4 + Self.priorities else { return nil }
        let map = bytes[4..<4 + Self.priorities]
        guard let usual = map.first, map.allSatisfy({ $0 == usual }) else { return nil }
        count = Int(bytes.withUnsafeBytes { $0.loadUnaligned(as: Int32.self) })
        self.usual = usual
    }

    private static let priorities = 16
}
