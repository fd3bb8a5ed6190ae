import Contract

/// The two sides of a comparison, where at least one falls into two groups that are a relevant distance apart.
struct GroupedSides {
    private let evidence: Evidence
    private let relevance: Relevance
    private let base: TwoGroups?
    private let candidate: TwoGroups?

    init(_ evidence: Evidence, _ shape: Shape, _ relevance: Relevance) {
        self.evidence = evidence
        self.relevance = relevance
        func relevant(_ groups: TwoGroups?) -> TwoGroups? {
            groups.flatMap { relevance.holds(from: $0.lower.median, to: $0.upper.median) ? $0 : nil }
        }
        base = relevant(shape.baseGroups)
        candidate = relevant(shape.candidateGroups)
    }

    /// How far apart the shares of a group may be for the sides to count as grouped alike.
    private static let shareTolerance = 0.1

    /// Whether there are groups at all.
    var areGrouped: Bool { base != nil || candidate != nil }

    /// Whether both sides have the same groups, in about the same shares.
    var areAlike: Bool {
        if let base, let candidate,
            relevance.holds(from: base.lower.median, to: candidate.lower.median)
                || relevance.holds(from: base.upper.median, to: candidate.upper.median)
        {
            return false
        }
        guard let boundary = (base ?? candidate)?.boundary else { return true }
        let shares = [evidence.base, evidence.candidate].map { Self.lowerShare($0.values, boundary) }
        return shares.allSatisfy { $0 > 0 && $0 < 1 } && abs(shares[0] - shares[1]) <= Self.shareTolerance
    }

    /// Whether a group speaks against a direction: the side that is said to be better has a group that is relevantly
    /// worse than the other side's middle, and has more of it.
    func contradict(_ direction: Verdict) -> Bool {
        let isImproved = direction == .improved
        let (better, other) = isImproved ? (evidence.candidate, evidence.base) : (evidence.base, evidence.candidate)
        guard let groups = isImproved ? candidate : base, let middle = other.median else { return false }
        let isHigherBetter = evidence.pair.metric.better == .higher
        let worse = isHigherBetter ? groups.lower.median : groups.upper.median
        guard isHigherBetter ? worse < middle : worse > middle, relevance.holds(from: middle, to: worse) else {
            return false
        }
        let shares = [better, other].map { side in
            let lower = Self.lowerShare(side.values, groups.boundary)
            return isHigherBetter ? lower : 1 - lower
        }
        return shares[0] > shares[1]
    }

    /// The groups of each side in words.
    var words: String {
        let parts = [("base", base, evidence.base), ("candidate", candidate, evidence.candidate)].map {
            name, groups, side in
            "the \(name): " + (groups.map(words) ?? words(ungrouped: side))
        }
        return (areAlike ? "both sides fall into the same two groups" : "values fall into two groups") + ": "
            + parts.joined(separator: "; ")
    }

    /// `4 of 12 trials near 4.90 Gbit/s, the others near 9.80 Gbit/s`.
    private func words(_ groups: TwoGroups) -> String {
        let (few, many) =
            groups.lower.count <= groups.upper.count ? (groups.lower, groups.upper) : (groups.upper, groups.lower)
        return "\(few.count) of \(few.count + many.count) trials near \(text(few.median)), the others near "
            + text(many.median)
    }

    /// What a side without groups has of those of the other.
    private func words(ungrouped side: Summary) -> String {
        guard let other = base ?? candidate else { return "one group" }
        let lower = side.values.count { $0 < other.boundary }
        guard lower > 0, lower < side.n else { return "one group near \(text(side.median ?? .nan))" }
        let (count, value) =
            lower <= side.n - lower ? (lower, other.lower.median) : (side.n - lower, other.upper.median)
        return "\(count) of \(side.n) trials near \(text(value))"
    }

    private func text(_ value: Double) -> String {
        UnitScale.fitting(value, unit: evidence.pair.metric.unit).text(value)
    }

    private static func lowerShare(_ values: [Double], _ boundary: Double) -> Double {
        Double(values.count { $0 < boundary }) / Double(max(1, values.count))
    }
}
