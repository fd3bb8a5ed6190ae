import Contract
internal import Foundation

/// What the shape of the values makes of a verdict about their middles.
///
/// A middle says nothing of every third trial at half the rate. So a tail that is surely and relevantly worse is a
/// regression, and what cannot be sure takes the word "unchanged" away and says what was seen.
struct ShapeRules {
    private let evidence: Evidence
    private let shape: Shape
    private let level: Double
    private let relevance: Relevance

    init(_ evidence: Evidence, _ shape: Shape, level: Double) {
        self.evidence = evidence
        self.shape = shape
        self.level = level
        relevance = evidence.relevance
    }

    /// The verdict about the middles, with what the shape adds to it.
    func finding(_ middle: Finding) -> Finding {
        spread(groups(tails(middle, of: middle), of: middle))
    }

    // MARK: Tails

    /// A significant change of one tail, and whether it is large enough to matter.
    private struct TailChange {
        let old: Double
        let new: Double
        let words: String
        let isRelevant: Bool
    }

    private func change(of end: TailTest.End) -> TailChange? {
        let p = end == .lower ? shape.tests.lowerTail : shape.tests.upperTail
        guard p < level,
            let old = TailTest.value(evidence.base.values, at: end),
            let new = TailTest.value(evidence.candidate.values, at: end), old != new
        else { return nil }
        let size = old > 0 ? Finding.percent(new / old - 1) : "\(new - old) \(evidence.pair.metric.unit)"
        let isRelevant = relevance.holds(from: old, to: new)
        let name = end == .lower ? "lowest" : "highest"
        return TailChange(
            old: old, new: new,
            words: "the \(name) eighth of the values changed by \(size) (\(Finding.probability(p)))"
                + (isRelevant
                    ? ""
                    : ", below the minimum relevant change of "
                        + Finding.threshold(evidence.pair.metric.minimumRelevantChange)),
            isRelevant: isRelevant
        )
    }

    private func tails(_ found: Finding, of middle: Finding) -> Finding {
        [TailTest.End.lower, .upper].reduce(found) { found, end in
            // Where the whole moved significantly, the tail moved with it, and that has been said.
            guard let change = change(of: end), !hasMovedAlike(change) else { return found }
            // Two ends that moved apart a little are one thing to say, by the spread.
            guard change.isRelevant || shape.tests.spread >= level else { return found }
            return found.adding(.tail, change.words, verdict: verdict(found.verdict, middle.verdict, end, change))
        }
    }

    /// Whether the tail did no more than the middle.
    private func hasMovedAlike(_ change: TailChange) -> Bool {
        guard evidence.isSignificant, let shift = evidence.recorded.shift?.value else { return false }
        let moved = relevance.isLogarithmic ? change.old * (evidence.recorded.ratio?.value ?? 1) : change.old + shift
        return !relevance.holds(from: moved, to: change.new)
    }

    private func verdict(
        _ current: Verdict, _ middle: Verdict, _ end: TailTest.End, _ change: TailChange
    ) -> Verdict {
        guard change.isRelevant else { return current }
        let worse: TailTest.End
        switch evidence.pair.metric.better {
        case .higher: worse = .lower
        case .lower: worse = .upper
        case .neither: return .inconclusive
        }
        // The better tail is nobody's complaint, and no reason to call the whole better.
        guard end == worse else { return current == .unchanged ? .inconclusive : current }
        let isWorse = (change.new < change.old) == (worse == .lower)
        let told: Verdict = isWorse ? .regressed : .improved
        if middle == told { return told }
        // The middle says the opposite, surely or as its best estimate.
        if [.improved, .regressed].contains(middle) { return .inconclusive }
        if let size = evidence.recorded.change?.value, relevance.holds(size), (size < 0) != (change.new < change.old) {
            return .inconclusive
        }
        return told
    }

    // MARK: Groups

    private func groups(_ found: Finding, of middle: Finding) -> Finding {
        let sides = GroupedSides(evidence, shape, relevance)
        guard sides.areGrouped else { return found }
        var verdict: Verdict?
        if found.verdict == .unchanged, !sides.areAlike { verdict = .inconclusive }
        if found.verdict == .improved, sides.contradict(.improved) { verdict = .inconclusive }
        if found.verdict == .regressed, sides.contradict(.regressed) { verdict = .inconclusive }
        return found.adding(.twoGroups, sides.words, verdict: verdict)
    }

    // MARK: Spread

    private func spread(_ found: Finding) -> Finding {
        guard shape.tests.spread < level, !found.caveats.contains(.tail), !found.caveats.contains(.twoGroups),
            [.unchanged, .inconclusive].contains(found.verdict),
            let centre = Descriptive.median(evidence.base.values + evidence.candidate.values)
        else { return found }
        let distances = [evidence.base, evidence.candidate].map { side in
            Descriptive.median(side.values.map { abs($0 - centre) }) ?? 0
        }
        guard distances[0] != distances[1] else { return found }
        let (wide, narrow) = distances[0] > distances[1] ? ("base", "candidate") : ("candidate", "base")
        let (far, near) = (distances.max() ?? 0, distances.min() ?? 0)
        let times = near > 0 ? " \(String(format: "%.1f", far / near)) times as much as" : " more than"
        let isRelevant = relevance.holds(from: centre, to: centre + far)
        return found.adding(
            .spread,
            "the \(wide) scatters\(times) the \(narrow) (\(Finding.probability(shape.tests.spread)))"
                + (isRelevant ? "" : ", within the minimum relevant change"),
            verdict: found.verdict == .unchanged && isRelevant ? .inconclusive : nil
        )
    }
}
