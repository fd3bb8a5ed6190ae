/// A number that was measured, or the bound that it is known to be above.
public struct Observation: Sendable, Hashable, Codable {
    /// The number, in the unit of its metric.
    public var value: Double
    /// Whether the true value is at least this: a time-out, right-censored.
    public var censored: Bool

    /// A number; `censored` makes it a lower bound.
    public init(value: Double, censored: Bool = false) {
        self.value = value
        self.censored = censored
    }
}
