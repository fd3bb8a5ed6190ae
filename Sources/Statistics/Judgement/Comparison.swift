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

    /// The confidence interval of `ratio`.
    public let interval: Interval?

    /// Candidate minus base, in the unit of the metric; `nil` when a side is empty.
    public let shift: Double?

    /// The confidence interval of `shift`.
    public let shiftInterval: Interval?

    /// The two-sided p-value of the Mann-Whitney test; 1 when a side is empty.
    ///
    /// With censored samples, the largest that their true values could give.
    public let pValue: Double

    /// `pValue` after Holm's correction over all comparisons made together.
    public let adjustedPValue: Double

    /// What was found.
    public let verdict: Verdict

    /// Why, in words for people.
    public let reason: String

    /// The same numbers with the verdict `not comparable`: for sides whose environments differ in what matters.
    public func notComparable(because reason: String) -> Comparison {
        Comparison(
            metric: metric, variant: variant, base: base, candidate: candidate, ratio: ratio, interval: interval,
            shift: shift, shiftInterval: shiftInterval, pValue: pValue, adjustedPValue: adjustedPValue,
            verdict: .notComparable, reason: reason
        )
    }
}
