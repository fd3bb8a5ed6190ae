/// Packets that leave in bunches, as on a shared medium where a station waits for its turn.
public struct DeliverySlots: Codable, Sendable, Hashable {
    /// The least time between two turns, in nanoseconds.
    public var minimumNanoseconds: UInt64
    /// The longest time between two turns, in nanoseconds.
    public var maximumNanoseconds: UInt64
    /// The most packets of a turn; 0 for any number.
    public var packets: Int
    /// The most bytes of a turn; 0 for any number.
    public var bytes: Int

    /// Turns with times between them that lie evenly from the least to the longest.
    public init(minimumNanoseconds: UInt64, maximumNanoseconds: UInt64, packets: Int = 0, bytes: Int = 0) {
        self.minimumNanoseconds = minimumNanoseconds
        self.maximumNanoseconds = maximumNanoseconds
        self.packets = packets
        self.bytes = bytes
    }

    func validate(at path: String) throws(PlanError) {
        guard (1...PacketDelay.longest).contains(maximumNanoseconds) else {
            throw PlanError(
                path: "\(path).maximumNanoseconds",
                reason: "expected 1 to \(PacketDelay.longest), found \(maximumNanoseconds)")
        }
        guard minimumNanoseconds <= maximumNanoseconds else {
            throw PlanError(
                path: "\(path).minimumNanoseconds",
                reason: "expected at most the longest time, \(maximumNanoseconds), found \(minimumNanoseconds)")
        }
        try LinkRate.check(packets, in: 0...1_000_000, "\(path).packets")
        try LinkRate.check(bytes, in: 0...1_000_000_000, "\(path).bytes")
    }
}
