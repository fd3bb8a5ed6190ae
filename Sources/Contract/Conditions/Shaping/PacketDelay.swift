/// How long each packet is held back.
///
/// Packets that are held back for different times overtake each other: jitter without a rate reorders.
public struct PacketDelay: Codable, Sendable, Hashable {
    /// The mean, in nanoseconds.
    public var nanoseconds: UInt64
    /// How far delays lie from the mean, in nanoseconds, at most the mean.
    public var jitterNanoseconds: UInt64
    /// How much a delay depends on the one before, 0 to 1.
    public var correlation: Double
    /// How delays lie around the mean.
    public var distribution: DelayDistribution

    /// The longest delay: a minute.
    public static let longest: UInt64 = 60_000_000_000

    /// A delay, the same for all packets unless there is jitter.
    public init(
        nanoseconds: UInt64, jitterNanoseconds: UInt64 = 0, correlation: Double = 0,
        distribution: DelayDistribution = .uniform
    ) {
        self.nanoseconds = nanoseconds
        self.jitterNanoseconds = jitterNanoseconds
        self.correlation = correlation
        self.distribution = distribution
    }

    func validate(at path: String) throws(PlanError) {
        guard (1...Self.longest).contains(nanoseconds) else {
            throw PlanError(path: "\(path).nanoseconds", reason: "expected 1 to \(Self.longest), found \(nanoseconds)")
        }
        guard jitterNanoseconds <= nanoseconds else {
            throw PlanError(
                path: "\(path).jitterNanoseconds",
                reason: "expected at most the delay, \(nanoseconds), found \(jitterNanoseconds)")
        }
        try PacketShare.check(correlation, "\(path).correlation")
        guard jitterNanoseconds == 0 else { return }
        guard correlation == 0 else {
            throw PlanError(path: "\(path).correlation", reason: "needs jitter: delays without it are all the same")
        }
        guard distribution == .uniform else {
            throw PlanError(path: "\(path).distribution", reason: "needs jitter: delays without it are all the same")
        }
    }
}
