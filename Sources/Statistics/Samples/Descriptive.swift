/// Numbers that describe one set of values.
///
/// Every function answers `nil` where there is no answer: too few values, or one that is not finite. It is never 0.
public enum Descriptive {
    /// The middle value, or the mean of the two middle ones.
    public static func median(_ values: [Double]) -> Double? {
        quantile(values, 0.5)
    }

    /// The quantile at a fraction from 0 to 1, by linear interpolation.
    ///
    /// Type 7 of Hyndman and Fan (1996), "Sample quantiles in statistical packages": the default of R and of NumPy.
    /// Fractions outside 0...1 count as the nearer end.
    public static func quantile(_ values: [Double], _ fraction: Double) -> Double? {
        guard !fraction.isNaN, !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
        return quantile(sorted: values.sorted(), fraction)
    }

    /// The median of the absolute distances from the median, unscaled.
    ///
    /// Multiply by 1.4826 to estimate the standard deviation of a normal distribution.
    public static func mad(_ values: [Double]) -> Double? {
        guard let centre = median(values) else { return nil }
        return median(values.map { abs($0 - centre) })
    }

    /// The arithmetic mean.
    public static func mean(_ values: [Double]) -> Double? {
        guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
        return values.reduce(0, +) / Double(values.count)
    }

    /// The sample standard deviation (divisor n - 1); needs two values.
    public static func standardDeviation(_ values: [Double]) -> Double? {
        guard values.count > 1, let centre = mean(values) else { return nil }
        let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
        return (squares / Double(values.count - 1)).squareRoot()
    }

    /// The standard deviation as a fraction of the mean; `nil` around zero.
    public static func coefficientOfVariation(_ values: [Double]) -> Double? {
        guard let deviation = standardDeviation(values), let centre = mean(values), centre != 0 else { return nil }
        return deviation / abs(centre)
    }

    /// Type 7 on values that are sorted, finite and not empty: for callers that sort once and ask often.
    static func quantile(sorted: [Double], _ fraction: Double) -> Double {
        let position = min(max(fraction, 0), 1) * Double(sorted.count - 1)
        let below = Int(position)
        guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
        let part = position - Double(below)
        // Not `a + (b - a) * part`: that can step past the upper neighbour by a rounding error.
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part
    }
}
