/// The numbers of one pair before they are judged.
struct Evidence {
    let pair: Judge.Pair
    let base: Summary
    let candidate: Summary
    let test: MannWhitney.Result
    let shift: HodgesLehmann.ShiftEstimate?
    let ratio: HodgesLehmann.RatioEstimate?

    init(_ pair: Judge.Pair, confidence: Double, seed: UInt64) {
        self.pair = pair
        base = Summary(pair.base, confidence: confidence, seed: seed)
        candidate = Summary(pair.candidate, confidence: confidence, seed: seed)
        test = MannWhitney.test(base.values, candidate.values)
        shift = HodgesLehmann.shift(base.values, candidate.values, confidence: confidence)
        ratio = HodgesLehmann.ratio(base.values, candidate.values, confidence: confidence)
    }

    /// Whether there is something on both sides to test.
    var isTestable: Bool {
        base.n > 0 && candidate.n > 0
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
            metric: pair.metric, variant: pair.variant, base: base, candidate: candidate, ratio: ratio?.ratio,
            interval: ratio?.interval, shift: shift?.shift, shiftInterval: shift?.interval, pValue: test.pValue,
            adjustedPValue: adjustedPValue, verdict: finding.verdict, reason: finding.reason
        )
    }
}
