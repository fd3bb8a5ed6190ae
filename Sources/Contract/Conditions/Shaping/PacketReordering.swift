/// Packets that are not held back, and so overtake those that are; there has to be a delay.
public struct PacketReordering: Codable, Sendable, Hashable {
    /// The share of candidates that overtake, more than 0 and at most 1.
    public var share: Double
    /// How much the choice depends on the one before, 0 to 1.
    public var correlation: Double
    /// Every so many packets one is a candidate, at least 1.
    public var gap: Int

    /// A share that overtakes, of every `gap`th packet.
    public init(_ share: Double, correlation: Double = 0, gap: Int = 1) {
        self.share = share
        self.correlation = correlation
        self.gap = gap
    }

    func validate(at path: String) throws(PlanError) {
        try PacketShare.checkPositive(share, "\(path).share")
        try PacketShare.check(correlation, "\(path).correlation")
        guard (1...1_000_000).contains(gap) else {
            throw PlanError(path: "\(path).gap", reason: "expected 1 to 1000000, found \(gap)")
        }
    }
}
