import Contract
internal import Foundation

/// The rules from where the middles are to a verdict, in the order in which they apply; `ShapeRules` come after them.
struct JudgeRules {
    /// A p-value below this is significant.
    let level: Double

    /// How many comparisons are made together.
    let comparisons: Int

    func finding(_ evidence: Evidence, adjusted: Double) -> Finding {
        if let missing = missingData(evidence) { return missing }
        if evidence.censored > 0 { return censored(evidence, adjusted: adjusted) }
        if evidence.isConstant { return Finding(verdict: .unchanged, reason: "all samples are equal") }
        if evidence.isCopy {
            return Finding(
                verdict: .inconclusive,
                reason: "both sides are the same samples, so that nothing was compared: measure the candidate"
            )
        }
        return judged(evidence, evidence.recorded, adjusted: adjusted)
    }

    private func judged(_ evidence: Evidence, _ contrast: Contrast, adjusted: Double) -> Finding {
        evidence.isSignificant
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
        // No values of these sizes could be significant: the answer is known before they are looked at.
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
        let shift = contrast.shift?.value ?? 0
        guard let size = contrast.change else {
            // Nothing is relative to zero, so that any significant change counts.
            guard shift != 0 else {
                return Finding(
                    verdict: .unchanged, reason: "significant (\(probability)), but the typical shift is 0",
                    caveats: [.differs]
                )
            }
            let words = "changed by \(shift > 0 ? "+" : "")\(shift) \(metric.unit)"
            let origin = contrast.ratio == nil ? " from a base of 0" : ""
            return directed(metric, rises: shift > 0, reason: words + origin + " (\(probability))")
        }
        let change = Finding.percent((contrast.ratio?.value ?? exp(size.value)) - 1)
        let relevance = evidence.relevance
        if size.value != 0, relevance.holds(size.value) {
            return directed(metric, rises: size.value > 0, reason: "\(change) (\(probability))")
        }
        let threshold = Finding.threshold(metric.minimumRelevantChange)
        let differs = "differs by \(change) (significant, \(probability))"
        guard isIrrelevant(size, relevance) else {
            return Finding(
                verdict: .inconclusive,
                reason: differs + ", which may be far more than the minimum relevant change of \(threshold): needs "
                    + "more repetitions",
                caveats: [.differs]
            )
        }
        return Finding(
            verdict: .unchanged, reason: differs + ", below the minimum relevant change of \(threshold)",
            caveats: [.differs]
        )
    }

    /// Whether the best estimate is too small to matter, and no change of twice what matters is possible.
    private func isIrrelevant(_ size: Contrast.Estimate, _ relevance: Relevance) -> Bool {
        guard let interval = size.interval else { return false }
        let farthest = max(abs(interval.lower), abs(interval.upper))
        return !relevance.holds(size.value) && farthest <= 2 * relevance.threshold + Relevance.rounding
    }

    private func directed(_ metric: Metric, rises: Bool, reason: String) -> Finding {
        switch metric.better {
        case .higher: Finding(verdict: rises ? .improved : .regressed, reason: reason)
        case .lower: Finding(verdict: rises ? .regressed : .improved, reason: reason)
        case .neither: Finding(verdict: .inconclusive, reason: reason + "; neither direction is better")
        }
    }

    private func notSignificant(_ evidence: Evidence, _ contrast: Contrast, adjusted: Double) -> Finding {
        let probability = Finding.probability(adjusted)
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
        let smallest = MannWhitney.smallestPValue(evidence.base.n, evidence.candidate.n)
        let corrected = 1 - evidence.confidence
        let looksRelevant = evidence.relevance.isSurelyExceeded(by: evidence.alone.change?.interval)
        guard let interval = size.interval else {
            let range = Self.range(evidence.alone).map {
                "\($0) by itself\(looksRelevant ? " looks relevant" : ""), but "
            }
            return Finding(
                verdict: .inconclusive,
                reason: (range ?? "") + "not significant among \(comparisons) comparisons (\(probability)), for which "
                    + "repetitions are too few: " + needs(corrected, reaching: smallest)
            )
        }
        let range = Self.range(contrast) ?? Self.words(interval) { exp($0) }
        if isIrrelevant(size, evidence.relevance) {
            return Finding(verdict: .unchanged, reason: "no significant change (\(range), \(probability))")
        }
        // All that the samples allow by themselves is a relevant change: more of them would most likely show one.
        if looksRelevant, let alone = Self.range(evidence.alone) {
            return Finding(
                verdict: .inconclusive,
                reason: "\(alone) by itself looks relevant, but is not significant among \(comparisons) comparisons "
                    + "(\(range), \(probability)): needs more repetitions"
            )
        }
        return Finding(
            verdict: .inconclusive,
            reason: "interval too wide (\(range), \(probability)): needs more repetitions"
        )
    }

    /// The interval of the ratio in words; `nil` where there is none.
    private static func range(_ contrast: Contrast) -> String? {
        contrast.ratio?.interval.map { words($0) { $0 } }
    }

    private static func words(_ interval: Interval, _ ratio: (Double) -> Double) -> String {
        "\(Finding.percent(ratio(interval.lower) - 1)) to \(Finding.percent(ratio(interval.upper) - 1))"
    }

    private func needs(_ level: Double, reaching smallest: Double) -> String {
        let reached =
            "the smallest possible p is \(Finding.probability(smallest).dropFirst(4)), the level "
            + "\(Finding.probability(level).dropFirst(4))"
        guard let needed = MannWhitney.valuesNeeded(below: level) else { return reached }
        return reached + "; needs at least \(needed) on each side"
    }
}
