import Contract
import Statistics

/// The one summary of ratios that does not depend on which side is called the base (Fleming and Wallace, 1986).
enum GeometricMean {
    /// The mean over comparisons of metrics with a better direction, each ratio turned so that above 1 is better.
    static func ofImprovements(_ comparisons: [(Metric, Comparison)]) -> Double? {
        let logarithms = comparisons.compactMap { metric, comparison -> Double? in
            guard let ratio = comparison.ratio, ratio > 0, ratio.isFinite else { return nil }
            switch metric.better {
            case .higher: return Logarithm.natural(ratio)
            case .lower: return -Logarithm.natural(ratio)
            case .neither: return nil
            }
        }
        guard !logarithms.isEmpty else { return nil }
        return Logarithm.exponential(logarithms.reduce(0, +) / Double(logarithms.count))
    }
}
