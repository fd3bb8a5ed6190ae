public import Contract

/// One metric of one variant, in base and candidate, with its verdict.
public struct Comparison: Sendable, Equatable, Codable {
    /// What was compared.
    public let metric: Metric

    /// The key of the variant.
    public let variant: String

    /// The side compared with.
    public let base: Summary

    /// The side that is judged.
    public let candidate: Summary

    /// Candidate over base; `nil` when nothing can be relative, as with a base median of 0.
    public let ratio: Double?

    /// The interval of `ratio` that the verdict rests on, corrected for all comparisons made together.
    ///
    /// It leaves out 1 exactly where the difference is significant. `nil` when the sides have too few values for it.
    public let interval: Interval?

    /// The interval of `ratio` as if nothing else had been asked; `nil` when the sides have too few values for it.
    public let uncorrectedInterval: Interval?

    /// The confidence of `interval` for this comparison alone: 0.9977 where 22 make up 95 % together.
    public let intervalConfidence: Double

    /// Candidate minus base, in the unit of the metric; `nil` when a side is empty.
    public let shift: Double?

    /// The interval of `shift`, of the same confidence as `interval`.
    public let shiftInterval: Interval?

    /// The two-sided p-value of the Mann-Whitney test; 1 when a side is empty.
    ///
    /// With censored samples, the largest that their true values could give.
    public let pValue: Double

    /// `pValue` after Holm's correction over all comparisons made together.
    public let adjustedPValue: Double

    /// Whether the sides differ beyond chance: `adjustedPValue` is below the level.
    public let isSignificant: Bool

    /// The two groups that the base falls into; `nil` for one.
    public let baseGroups: TwoGroups?

    /// The two groups that the candidate falls into; `nil` for one.
    public let candidateGroups: TwoGroups?

    /// What was found.
    public private(set) var verdict: Verdict

    /// What the verdict does not tell by itself; empty when there is nothing.
    public let caveats: [Caveat]

    /// Why, in words for people.
    public private(set) var reason: String

    /// The same numbers with the verdict `not comparable`: for sides whose environments differ in what matters.
    public func notComparable(because reason: String) -> Comparison {
        var result = self
        result.verdict = .notComparable
        result.reason = reason
        return result
    }
}
