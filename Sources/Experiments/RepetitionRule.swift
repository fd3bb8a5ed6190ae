/// How often a variant is repeated: at least so often, at most so often, and between the two until it is known well enough.
public struct RepetitionRule: Sendable, Equatable {
    /// Blocks that are run in any case.
    public var minimum: Int
    /// Blocks after which it ends in any case.
    public var maximum: Int
    /// The relative half-width of the median's interval at which it is enough; nil always runs to the maximum.
    public var untilRelativeHalfWidth: Double?

    /// A rule; `minimum` is at most `maximum`.
    public init(minimum: Int, maximum: Int, untilRelativeHalfWidth: Double? = nil) {
        self.minimum = minimum
        self.maximum = maximum
        self.untilRelativeHalfWidth = untilRelativeHalfWidth
    }
}
