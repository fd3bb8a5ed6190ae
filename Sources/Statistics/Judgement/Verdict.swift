/// What a comparison found.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// The candidate is better, by enough to matter.
    case improved

    /// No change that matters, and one would have been seen.
    case unchanged

    /// The candidate is worse, by enough to matter.
    case regressed

    /// The data cannot tell; the reason says what they lack.
    case inconclusive

    /// The two sides were measured under conditions that differ in something that matters.
    case notComparable = "not comparable"
}
