internal import Foundation

/// The rules from evidence to verdict, in the order in which they apply.
struct JudgeRules {
    /// A p-value below this is significant.
    let level: Double

    /// How many comparisons are made together.
    let comparisons: Int

    func finding(_ evidence: Evidence, adjusted: Double) -> Finding {
        if let missing = missingData(evidence) { return missing }
        if evidence.censored > 0 { return censored(evidence, adjusted: adjusted) }
        if evidence.isConstant { return Finding(verdict: .unchanged, reason: "all samples are equal") }
        if evidence.isIdentical { return Finding(verdict: .unchanged, reason: "both sides are the same samples") }
        return judged(evidence, evidence.recorded, adjusted: adjusted)
    }

    private func judged(_ evidence: Evidence, _ contrast: Contrast, adjusted: Double) -> Finding {
        adjusted < level
            ? significant(evidence, contrast, adjusted: adjusted)
            : notSignificant(evidence, contrast, adjusted: adjusted)
    }

    /// A verdict stands only when both ends of what the time-outs may really have been give the same one.
    private func censored(_ evidence: Evidence, adjusted: Double) -> Finding {
        let total = evidence.base.n + evidence.candidate.n
        let share = "\(evidence.censored) of \(total) values are time-outs"
        let findings = evidence.extremes.map { judged(evidence, $0, adjusted: adjusted) }
        guard let first = findings.first, findings.allSatisfy({ $0.verdict == first.verdict }),
            first.verdict != .inconclusive
        else {
            return Finding(
                verdict: .inconclusive,
                reason: share + ", known only to be at least as large: look for loss, or raise the time-out"
            )
        }
        let recorded = judged(evidence, evidence.recorded, adjusted: adjusted)
        let reason = recorded.verdict == first.verdict ? recorded.reason : first.reason
        return Finding(
            verdict: first.verdict, reason: reason + "; \(share), and the verdict holds however large they were")
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

    private func significant(_ evidence: Evidence, _ contrast: Contrast, adjusted: Double) -> Finding {
        let metric = evidence.pair.metric
        let probability = Finding.probability(adjusted)
        let shift = contrast.shift?.shift ?? 0
        guard let size = contrast.change else {
            // Nothing is relative to zero, so that any significant change counts.
            guard shift != 0 else {
                return Finding(verdict: .unchanged, reason: "significant (\(probability)), but the typical shift is 0")
            }
            let words = "changed by \(shift > 0 ? "+" : "")\(shift) \(metric.unit)"
            let origin = contrast.ratio == nil ? " from a base of 0" : ""
            return directed(metric, rises: shift > 0, reason: words + origin + " (\(probability))")
        }
        let change = Finding.percent((contrast.ratio?.ratio ?? exp(size.estimate)) - 1)
        if size.estimate != 0, isRelevant(size.estimate, metric) {
            return directed(metric, rises: size.estimate > 0, reason: "\(change) (\(probability))")
        }
        let threshold = Finding.threshold(metric.minimumRelevantChange)
        guard isIrrelevant(size, metric) else {
            return Finding(
                verdict: .inconclusive,
                reason: "\(change) is significant (\(probability)), but may be far more than the minimum relevant "
                    + "change of \(threshold): needs more repetitions"
            )
        }
        return Finding(
            verdict: .unchanged,
            reason: "\(change) is significant (\(probability)), but below the minimum relevant change of \(threshold)"
        )
    }

    /// Whether the best estimate is too small to matter, and no change of twice what matters is possible.
    private func isIrrelevant(_ size: (estimate: Double, interval: Interval), _ metric: Metric) -> Bool {
        let farthest = max(abs(size.interval.lower), abs(size.interval.upper))
        return !isRelevant(size.estimate, metric) && farthest <= 2 * threshold(metric) + Self.rounding
    }

    /// Whether a change, as a logarithm, is large enough to matter in either direction.
    private func isRelevant(_ change: Double, _ metric: Metric) -> Bool {
        abs(change) >= threshold(metric) - Self.rounding
    }

    /// The minimum relevant change as a logarithm: twice as much and half as much are equally far from the same.
    private func threshold(_ metric: Metric) -> Double {
        log(1 + metric.minimumRelevantChange)
    }

    /// What rounding may add to a logarithm; a change that is exactly the smallest relevant one stays relevant.
    private static let rounding = 1e-9

    private func directed(_ metric: Metric, rises: Bool, reason: String) -> Finding {
        switch metric.better {
        case .higher: Finding(verdict: rises ? .improved : .regressed, reason: reason)
        case .lower: Finding(verdict: rises ? .regressed : .improved, reason: reason)
        case .neither: Finding(verdict: .inconclusive, reason: reason + "; neither direction is better")
        }
    }

    private func notSignificant(_ evidence: Evidence, _ contrast: Contrast, adjusted: Double) -> Finding {
        let probability = Finding.probability(adjusted)
        let metric = evidence.pair.metric
        guard let size = contrast.change else {
            if let shift = contrast.shift?.interval, shift.lower == 0, shift.upper == 0 {
                return Finding(verdict: .unchanged, reason: "no shift from a base of 0 (\(probability))")
            }
            return Finding(
                verdict: .inconclusive,
                reason: "not significant (\(probability)), and a median is not above 0, so that no change is relative "
                    + "to it: needs more repetitions"
            )
        }
        let bounds =
            contrast.ratio?.interval ?? Interval(lower: exp(size.interval.lower), upper: exp(size.interval.upper))
        let range = "\(Finding.percent(bounds.lower - 1)) to \(Finding.percent(bounds.upper - 1))"
        if isIrrelevant(size, metric) {
            return Finding(verdict: .unchanged, reason: "no significant change (\(range), \(probability))")
        }
        // All that the samples allow is a relevant change: more of them would most likely show one.
        if size.interval.lower * size.interval.upper > 0, isRelevant(size.interval.lower, metric),
            isRelevant(size.interval.upper, metric)
        {
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
