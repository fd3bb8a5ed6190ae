/// Where two curves cross: the size from which on the other one is lower.
public struct Crossover: Sendable, Equatable {
    /// The size.
    public let x: Double

    /// The value of both curves there.
    public let y: Double

    /// The bootstrap interval of the size; `nil` where a neighbouring point has a single trial.
    ///
    /// An end is infinite when the curves may as well cross outside the sizes that were measured.
    public let interval: Interval?

    /// Whether the first curve is the lower one at smaller sizes.
    public let isFirstLowerBefore: Bool

    /// Whether the curves are apart by more than their noise both at a smaller and at a larger size.
    ///
    /// Curves of equal things cross, too, again and again, but never clearly.
    public let isClear: Bool

    /// Whether values are missing between the two sizes that it lies between.
    public let isAcrossGap: Bool
}
