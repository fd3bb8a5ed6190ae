/// The numbers of one pair before they are judged.
struct Evidence {
    let pair: Judge.Pair
    let base: Summary
    let candidate: Summary

    /// The values as they were recorded, with intervals for this question alone.
    let alone: Contrast

    /// The values as they were recorded, with intervals that agree with the verdict.
    private(set) var recorded: Contrast

    /// What the values could be at most in favour of either side; empty when none is censored.
    ///
    /// A time-out is known only to be at least as large as what was recorded. The two ends of what is possible are all
    /// of the base's time-outs above everything, and all of the candidate's; the truth lies between them.
    private(set) var extremes: [Contrast]

    /// The confidence of the intervals of `recorded`.
    private(set) var confidence: Double

    /// Whether the sides differ beyond chance, by the test and by the interval.
    private(set) var isSignificant = false

    init(_ pair: Judge.Pair, confidence: Double, seed: UInt64) {
        self.pair = pair
        self.confidence = confidence
        base = Summary(pair.base, confidence: confidence, seed: seed)
        candidate = Summary(pair.candidate, confidence: confidence, seed: seed)
        alone = Contrast(base: base.values, candidate: candidate.values, confidence: confidence)
        recorded = alone
        guard !pair.censoredBase.isEmpty || !pair.censoredCandidate.isEmpty else {
            extremes = []
            return
        }
        let highBase = Self.raising(pair.base, at: pair.censoredBase)
        let highCandidate = Self.raising(pair.candidate, at: pair.censoredCandidate)
        extremes = [
            Contrast(base: highBase, candidate: candidate.values, confidence: confidence),
            Contrast(base: base.values, candidate: highCandidate, confidence: confidence),
        ]
    }

    private static func raising(_ values: [Double], at positions: Set<Int>) -> [Double] {
        // Above every measurement, and small enough for differences to stay finite.
        values.enumerated().map { positions.contains($0) ? 1e300 : $1 }.filter(\.isFinite)
    }

    /// The same with intervals of the level at which Holm's correction decided the question.
    func corrected(toLevel level: Double, isBelowLevel: Bool) -> Evidence {
        var result = self
        result.confidence = 1 - level
        let contrast = alone.at(confidence: 1 - level)
        result.isSignificant = isBelowLevel && !contrast.straddlesNoChange
        result.recorded = result.isSignificant ? contrast : contrast.holdingNoChange()
        result.extremes = extremes.map { $0.at(confidence: 1 - level) }
        return result
    }

    /// Whether there is something on both sides to test.
    var isTestable: Bool {
        base.n > 0 && candidate.n > 0
    }

    /// The p-value as recorded, or the largest that censored values allow.
    var pValue: Double {
        extremes.reduce(alone.test.pValue) { max($0, $1.test.pValue) }
    }

    /// How many values of both sides are censored.
    var censored: Int {
        pair.censoredBase.count + pair.censoredCandidate.count
    }

    /// How many values were left out because they are not finite numbers.
    var dropped: Int {
        pair.base.count + pair.candidate.count - base.n - candidate.n
    }

    /// Whether every value of both sides is the same.
    var isConstant: Bool {
        guard let first = base.values.first else { return false }
        return (base.values + candidate.values).allSatisfy { $0 == first }
    }

    /// Whether one side is a copy of the other, such as a run that is compared with itself.
    ///
    /// Few different values, such as small counts, may come in the same order twice; many never do.
    var isCopy: Bool {
        base.values == candidate.values && 2 * Set(base.values).count > base.n
    }

    /// The evidence with its verdict.
    func comparison(adjustedPValue: Double, shape: Shape, _ finding: Finding) -> Comparison {
        Comparison(
            metric: pair.metric, variant: pair.variant, base: base, candidate: candidate, ratio: recorded.ratio?.value,
            interval: recorded.ratio?.interval, uncorrectedInterval: alone.ratio?.interval,
            intervalConfidence: confidence, shift: recorded.shift?.value, shiftInterval: recorded.shift?.interval,
            pValue: pValue, adjustedPValue: adjustedPValue, isSignificant: isSignificant,
            baseGroups: shape.baseGroups, candidateGroups: shape.candidateGroups, verdict: finding.verdict,
            caveats: finding.caveats, reason: finding.reason
        )
    }
}
