import Foundation

/// Pearson's chi-square test.
///
/// Philosophical Magazine 50 (1900); the incomplete gamma function as in Abramowitz and Stegun, 6.5.
public enum ChiSquare {
    /// The probability that counts of equally likely outcomes are at least as uneven as these; nil for fewer than two.
    public static func evenness(of counts: [Int]) -> Double? {
        let total = counts.reduce(0, +)
        guard counts.count > 1, total > 0 else { return nil }
        let expected = Double(total) / Double(counts.count)
        let statistic = counts.reduce(0.0) { sum, count in
            let difference = Double(count) - expected
            return sum + difference * difference / expected
        }
        return upperTail(statistic, degreesOfFreedom: counts.count - 1)
    }

    /// P(X ≥ x) of the chi-square distribution: the regularised upper incomplete gamma function Q(k/2, x/2).
    public static func upperTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
        let shape = Double(max(1, degreesOfFreedom)) / 2
        let x = statistic / 2
        guard x > 0 else { return 1 }
        // x^a · e^-x / Γ(a), on logarithms, for large shapes would overflow.
        let scale = exp(shape * log(x) - x - lgamma(shape))
        // The usual place to change from series to fraction (Press et al., "Numerical Recipes", section 6.2).
        return x < shape + 1
            ? max(0, 1 - scale * lowerSeries(shape, x)) : min(1, scale * upperFraction(shape, x))
    }

    /// The sum of 6.5.29, which converges fast below the mean.
    private static func lowerSeries(_ shape: Double, _ x: Double) -> Double {
        var term = 1 / shape
        var sum = term
        var divisor = shape
        while term > sum * 1e-15 {
            divisor += 1
            term *= x / divisor
            sum += term
        }
        return sum
    }

    /// The continued fraction of 6.5.31, which converges fast above the mean; evaluated by Lentz's method.
    private static func upperFraction(_ shape: Double, _ x: Double) -> Double {
        // Lentz: a denominator of 0 is replaced by a tiny number, which cancels in the next step.
        let tiny = 1e-300
        var denominator = x + 1 - shape
        var c = 1 / tiny
        var d = 1 / denominator
        var fraction = d
        for step in 1...10_000 {
            let factor = -Double(step) * (Double(step) - shape)
            denominator += 2
            d = factor * d + denominator
            d = 1 / (abs(d) < tiny ? tiny : d)
            c = denominator + factor / c
            c = abs(c) < tiny ? tiny : c
            fraction *= c * d
            if abs(c * d - 1) < 1e-15 { break }
        }
        return fraction
    }
}
