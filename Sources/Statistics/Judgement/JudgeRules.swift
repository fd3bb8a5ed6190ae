/// The rules from evidence to verdict, in the order in which they apply.
struct JudgeRules {
    /// A p-value below this is significant.
    let level: Double

    /// How many comparisons are made together.
    let comparisons: Int

    func finding(_ evidence: Evidence, adjusted: Double) -> Finding {
        if let missing = missingData(evidence) { return missing }
        if evidence.isConstant { return Finding(verdict: .unchanged, reason: "all samples are equal") }
        if evidence.isIdentical { return Finding(verdict: .unchanged, reason: "both sides are the same samples") }
        if adjusted < level { return significant(evidence, adjusted: adjusted) }
        return notSignificant(evidence, adjusted: adjusted)
    }

    private func missingData(_ evidence: Evidence) -> Finding? {
        let (n, m) = (evidence.base.n, evidence.candidate.n)
        if evidence.dropped > 0 {
            return Finding(
                verdict: .inconclusive,
                reason: "\(evidence.dropped) samples are not finite numbers: look for failed trials"
            )
        }
        if n == 0 || m == 0 {
            let side = n == 0 && m == 0 ? "base and candidate have" : n == 0 ? "the base has" : "the candidate has"
            return Finding(verdict: .inconclusive, reason: "\(side) no samples: look for failed trials")
        }
        let smallest = MannWhitney.smallestPValue(n, m)
        guard smallest >= level else { return nil }
        return Finding(
            verdict: .inconclusive,
            reason: "too few samples (\(n) and \(m)): " + needs(level, reaching: smallest)
        )
    }

    private func significant(_ evidence: Evidence, adjusted: Double) -> Finding {
        let metric = evidence.pair.metric
        let probability = Finding.probability(adjusted)
        guard let ratio = evidence.ratio?.ratio else {
            // Nothing is relative to zero, so that any significant change counts.
            let shift = evidence.shift?.shift ?? 0
            guard shift != 0 else {
                return Finding(verdict: .unchanged, reason: "significant (\(probability)), but the typical shift is 0")
            }
            return directed(
                metric, rises: shift > 0,
                reason: "changed by \(shift > 0 ? "+" : "")\(shift) \(metric.unit) from a base of 0 (\(probability))"
            )
        }
        let change = Finding.percent(ratio - 1)
        if abs(ratio - 1) >= metric.minimumRelevantChange {
            return directed(metric, rises: ratio > 1, reason: "\(change) (\(probability))")
        }
        let threshold = Finding.threshold(metric.minimumRelevantChange)
        guard let interval = evidence.ratio?.interval, isIrrelevant(interval, metric) else {
            return Finding(
                verdict: .inconclusive,
                reason: "\(change) is significant (\(probability)), but may be more or less than the minimum relevant "
                    + "change of \(threshold): needs more repetitions"
            )
        }
        return Finding(
            verdict: .unchanged,
            reason: "\(change) is significant (\(probability)), but below the minimum relevant change of \(threshold)"
        )
    }

    /// Whether every change that the samples allow is too small to matter.
    private func isIrrelevant(_ interval: Interval, _ metric: Metric) -> Bool {
        max(abs(interval.lower - 1), abs(interval.upper - 1)) <= metric.minimumRelevantChange
    }

    private func directed(_ metric: Metric, rises: Bool, reason: String) -> Finding {
        switch metric.better {
        case .higher: Finding(verdict: rises ? .improved : .regressed, reason: reason)
        case .lower: Finding(verdict: rises ? .regressed : .improved, reason: reason)
        case .neither: Finding(verdict: .inconclusive, reason: reason + "; neither direction is better")
        }
    }

    private func notSignificant(_ evidence: Evidence, adjusted: Double) -> Finding {
        let probability = Finding.probability(adjusted)
        let relevant = evidence.pair.metric.minimumRelevantChange
        guard let interval = evidence.ratio?.interval else {
            if let shift = evidence.shift?.interval, shift.lower == 0, shift.upper == 0 {
                return Finding(verdict: .unchanged, reason: "no shift from a base of 0 (\(probability))")
            }
            return Finding(
                verdict: .inconclusive,
                reason: "not significant (\(probability)), and the base median is not above 0, so that no change is "
                    + "relative to it: needs more repetitions"
            )
        }
        let range = "\(Finding.percent(interval.lower - 1)) to \(Finding.percent(interval.upper - 1))"
        if isIrrelevant(interval, evidence.pair.metric) {
            return Finding(verdict: .unchanged, reason: "no significant change (\(range), \(probability))")
        }
        // All that the samples allow is a relevant change: more of them would most likely show one.
        if interval.lower - 1 >= relevant || interval.upper - 1 <= -relevant {
            let smallest = MannWhitney.smallestPValue(evidence.base.n, evidence.candidate.n)
            let corrected = level / Double(max(1, comparisons))
            let advice = smallest >= corrected ? needs(corrected, reaching: smallest) : "needs more repetitions"
            return Finding(
                verdict: .inconclusive,
                reason: "\(range) looks relevant, but is not significant among \(comparisons) comparisons "
                    + "(\(probability)): \(advice)"
            )
        }
        return Finding(
            verdict: .inconclusive,
            reason: "interval too wide (\(range), \(probability)): needs more repetitions"
        )
    }

    private func needs(_ level: Double, reaching smallest: Double) -> String {
        let reached =
            "the smallest possible p is \(Finding.probability(smallest).dropFirst(4)), the level "
            + "\(Finding.probability(level).dropFirst(4))"
        guard let needed = MannWhitney.valuesNeeded(below: level) else { return reached }
        return reached + "; needs at least \(needed) on each side"
    }
}
