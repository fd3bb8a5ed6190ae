public import Contract

/// Decides what comparisons mean.
///
/// Medians and ratios are robust, the test assumes no distribution, and the correction keeps a run with hundreds of
/// comparisons from crying wolf. A change has to be both significant and relevant to be called one; and "unchanged" is
/// a claim as well: it is made only where the best estimate does not matter and twice what matters is ruled out.
public enum Judge {
    /// One metric of one variant, measured in base and candidate.
    public struct Pair: Sendable, Equatable {
        /// What was measured.
        public let metric: Metric

        /// The key of the variant.
        public let variant: String

        /// The samples to compare with.
        public let base: [Double]

        /// The samples that are judged.
        public let candidate: [Double]

        /// The positions in `base` of right-censored samples: time-outs, which were really at least as large.
        public let censoredBase: Set<Int>

        /// The positions in `candidate` of right-censored samples.
        public let censoredCandidate: Set<Int>

        /// Puts two sets of samples side by side.
        public init(
            metric: Metric, variant: String, base: [Double], candidate: [Double], censoredBase: Set<Int> = [],
            censoredCandidate: Set<Int> = []
        ) {
            self.metric = metric
            self.variant = variant
            self.base = base
            self.candidate = candidate
            self.censoredBase = censoredBase
            self.censoredCandidate = censoredCandidate
        }
    }

    /// Compares all pairs, with Holm's correction over those that have samples on both sides; in the order given.
    ///
    /// - Parameters:
    ///   - pairs: What to compare. Leave out what is only shown: every further pair makes the correction stricter.
    ///   - confidence: Of all corrected intervals together; 1 minus this is the level of the tests.
    ///   - seed: For the bootstrap of sides with more than `Bootstrap.exactLimit` samples; others need no chance.
    public static func compare(_ pairs: [Pair], confidence: Double = 0.95, seed: UInt64 = 0) -> [Comparison] {
        let level = 1 - confidence
        let evidence = pairs.map { Evidence($0, confidence: confidence, seed: seed) }
        let tested = evidence.indices.filter { evidence[$0].isTestable }
        let pValues = tested.map { evidence[$0].pValue }
        var adjusted = [Double](repeating: 1, count: evidence.count)
        var levels = [Double](repeating: level, count: evidence.count)
        for (index, value) in zip(tested, Holm.adjust(pValues)) { adjusted[index] = value }
        for (index, value) in zip(tested, Holm.levels(pValues, level: level)) { levels[index] = value }
        let rules = JudgeRules(level: level, comparisons: tested.count)
        let shapes = Shape.all(evidence, level: level)
        return evidence.indices.map { index in
            let corrected = evidence[index].corrected(
                toLevel: levels[index], isBelowLevel: adjusted[index] < level
            )
            let middle = rules.finding(corrected, adjusted: adjusted[index])
            let finding = ShapeRules(corrected, shapes[index], level: level).finding(middle)
            return corrected.comparison(adjustedPValue: adjusted[index], shape: shapes[index], finding)
        }
    }
}
