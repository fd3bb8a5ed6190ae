internal import Foundation

/// By how much two samples differ: the estimator of Hodges and Lehmann (1963), with the interval of Moses.
///
/// The estimate is the median of all differences between a value of one sample and a value of the other. The interval
/// lies between two of the sorted differences, chosen by the distribution of Mann and Whitney's U. It contains exactly
/// the shifts that this test would not reject (Hollander and Wolfe, "Nonparametric Statistical Methods", chapter 4).
public enum HodgesLehmann {
    /// A difference, in the unit of the values.
    public struct ShiftEstimate: Sendable, Equatable, Codable {
        /// Second sample minus first.
        public let shift: Double

        /// The confidence interval of the shift.
        public let interval: Interval

        /// The confidence that the interval really has: below the one asked for when the samples are too small for it.
        public let coverage: Double
    }

    /// A quotient, without unit.
    public struct RatioEstimate: Sendable, Equatable, Codable {
        /// Candidate over base: 1.1 means 10 % more.
        public let ratio: Double

        /// The confidence interval of the ratio.
        public let interval: Interval

        /// The confidence that the interval really has: below the one asked for when the samples are too small for it.
        public let coverage: Double
    }

    /// By how much `b` lies above `a`; `nil` when a side is empty or a value is not finite.
    public static func shift(_ a: [Double], _ b: [Double], confidence: Double = 0.95) -> ShiftEstimate? {
        guard !a.isEmpty, !b.isEmpty, a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) else { return nil }
        var differences: [Double] = []
        differences.reserveCapacity(a.count * b.count)
        for second in b {
            for first in a { differences.append(second - first) }
        }
        differences.sort()
        let (position, coverage) = moses(a.count, b.count, confidence: confidence)
        return ShiftEstimate(
            shift: Descriptive.quantile(sorted: differences, 0.5),
            interval: Interval(lower: differences[position - 1], upper: differences[differences.count - position]),
            coverage: coverage
        )
    }

    /// How many times as large `candidate` is as `base`; `nil` when nothing can be relative.
    ///
    /// When all values are above 0, the shift of their logarithms: the median of all quotients. Otherwise 1 + shift /
    /// median of the base, and `nil` when that median is not above 0.
    public static func ratio(_ base: [Double], _ candidate: [Double], confidence: Double = 0.95) -> RatioEstimate? {
        if (base + candidate).allSatisfy({ $0 > 0 }) {
            guard let logs = shift(base.map { log($0) }, candidate.map { log($0) }, confidence: confidence) else {
                return nil
            }
            return estimate(logs) { exp($0) }
        }
        guard
            let centre = Descriptive.median(base), centre > 0,
            let difference = shift(base, candidate, confidence: confidence)
        else { return nil }
        return estimate(difference) { 1 + $0 / centre }
    }

    private static func estimate(_ shift: ShiftEstimate, _ transform: (Double) -> Double) -> RatioEstimate {
        RatioEstimate(
            ratio: transform(shift.shift),
            interval: Interval(lower: transform(shift.interval.lower), upper: transform(shift.interval.upper)),
            coverage: shift.coverage
        )
    }

    /// Which of the sorted differences, counted from 1 at either end, bounds the interval, and what that covers.
    private static func moses(_ n: Int, _ m: Int, confidence: Double) -> (position: Int, coverage: Double) {
        let level = 1 - min(max(confidence, 0), 1)
        if let distribution = RankSumDistribution(n, m) {
            // At most the middle, where the interval has shrunk to the estimate.
            let position = min((distribution.criticalValue(level / 2) ?? 0) + 1, (n * m + 1) / 2)
            return (position, max(0, 1 - 2 * distribution.lowerTail(position - 1)))
        }
        let pairs = Double(n) * Double(m)
        let deviation = (pairs * Double(n + m + 1) / 12).squareRoot()
        // The normal approximation of U's critical value: mean nm/2, variance nm(n + m + 1)/12, half a step for
        // continuity.
        let exact = pairs / 2 - NormalDistribution.twoSidedQuantile(level) * deviation + 0.5
        let position = min(max(1, Int(exact.rounded(.down))), (n * m + 1) / 2)
        let distance = max(0, pairs / 2 - Double(position) + 0.5) / deviation
        return (position, 1 - NormalDistribution.twoSidedTail(distance))
    }
}
