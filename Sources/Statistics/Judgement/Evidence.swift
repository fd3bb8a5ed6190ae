/// The numbers of one pair before they are judged.
struct Evidence {
    let pair: Judge.Pair
    let base: Summary
    let candidate: Summary

    /// The values as they were recorded.
    let recorded: Contrast

    /// What the values could be at most in favour of either side; empty when none is censored.
    ///
    /// A time-out is known only to be at least as large as what was recorded. The two ends of what is possible are all
    /// of the base's time-outs above everything, and all of the candidate's; the truth lies between them.
    let extremes: [Contrast]

    init(_ pair: Judge.Pair, confidence: Double, seed: UInt64) {
        self.pair = pair
        base = Summary(pair.base, confidence: confidence, seed: seed)
        candidate = Summary(pair.candidate, confidence: confidence, seed: seed)
        recorded = Contrast(base: base.values, candidate: candidate.values, confidence: confidence)
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

    /// Whether there is something on both sides to test.
    var isTestable: Bool {
        base.n > 0 && candidate.n > 0
    }

    /// The p-value as recorded, or the largest that censored values allow.
    var pValue: Double {
        extremes.reduce(recorded.test.pValue) { max($0, $1.test.pValue) }
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

    /// Whether both sides are one and the same measurement, such as a run that is compared with itself.
    var isIdentical: Bool {
        base.values == candidate.values
    }

    /// The evidence with its verdict.
    func comparison(adjustedPValue: Double, _ finding: Finding) -> Comparison {
        Comparison(
            metric: pair.metric, variant: pair.variant, base: base, candidate: candidate,
            ratio: recorded.ratio?.ratio, interval: recorded.ratio?.interval, shift: recorded.shift?.shift,
            shiftInterval: recorded.shift?.interval, pValue: pValue, adjustedPValue: adjustedPValue,
            verdict: finding.verdict, reason: finding.reason
        )
    }
}
