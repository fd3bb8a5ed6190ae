/// A share of all packets, chosen at random.
public struct PacketShare: Codable, Sendable, Hashable {
    /// The share, more than 0 and at most 1.
    public var share: Double
    /// How much the choice depends on the one before, 0 to 1.
    public var correlation: Double

    /// A share of all packets.
    public init(_ share: Double, correlation: Double = 0) {
        self.share = share
        self.correlation = correlation
    }

    func validate(at path: String) throws(PlanError) {
        try Self.checkPositive(share, "\(path).share")
        try Self.check(correlation, "\(path).correlation")
    }

    /// The smallest share that the kernel can tell from none: it counts in 2³² parts.
    static let smallest = 1.0 / 4_294_967_295

    static func check(_ value: Double, _ path: String) throws(PlanError) {
        guard value.isFinite, (0...1).contains(value) else {
            throw PlanError(path: path, reason: "expected 0 to 1, found \(value)")
        }
    }

    static func checkPositive(_ value: Double, _ path: String) throws(PlanError) {
        guard value.isFinite, (smallest...1).contains(value) else {
            throw PlanError(path: path, reason: "expected more than 0 (at least 1/2³²) and at most 1, found \(value)")
        }
    }
}
