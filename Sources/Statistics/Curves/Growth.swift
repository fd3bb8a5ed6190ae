internal import Foundation

/// How something grows with size: the power law y = a·x^b that fits its medians best.
public struct Growth: Sendable, Equatable {
    /// A word for an exponent; a tenth around 0, 1 and 2 counts as 0, 1 and 2.
    public enum Shape: String, Sendable, CaseIterable {
        /// Below -0.1.
        case falling
        /// From -0.1 to 0.1.
        case constant
        /// Between 0.1 and 0.9.
        case subLinear = "sub-linear"
        /// From 0.9 to 1.1.
        case linear
        /// Between 1.1 and 1.9.
        case superLinear = "super-linear"
        /// From 1.9 to 2.1.
        case quadratic
        /// Above 2.1.
        case steeper = "steeper than quadratic"

        /// The word for an exponent.
        public init(exponent: Double) {
            switch exponent {
            case ..<(-0.1): self = .falling
            case ...0.1: self = .constant
            case ..<0.9: self = .subLinear
            case ...1.1: self = .linear
            case ..<1.9: self = .superLinear
            case ...2.1: self = .quadratic
            default: self = .steeper
            }
        }
    }

    /// The exponent b.
    public let exponent: Double

    /// The factor a: the fitted value at size 1.
    public let coefficient: Double

    /// The bootstrap interval of the exponent; `nil` where a size has a single trial.
    public let interval: Interval?

    /// How many sizes the fit rests on.
    public let sizes: Int

    /// The largest ratio between a median and the fit, either way, at least 1: far above it, no power law describes the
    /// curve.
    public let departure: Double

    /// The words for where the interval lies: one when it lies within one shape, else the first and the last.
    public var shapes: [Shape] {
        guard let interval else { return [] }
        let ends = [Shape(exponent: interval.lower), Shape(exponent: interval.upper)]
        return ends[0] == ends[1] ? [ends[0]] : ends
    }

    /// Fits medians by least squares on logarithms; `nil` with fewer than two sizes.
    ///
    /// Sizes and values that have no logarithm, because they are 0 or negative, are left out together with all trials
    /// of their size.
    public static func fit(_ resamples: MedianResamples, confidence: Double = 0.95) -> Growth? {
        let used = resamples.series.points.indices.filter { index in
            let point = resamples.series.points[index]
            return point.x > 0 && !point.values.isEmpty && point.values.allSatisfy { $0 > 0 }
        }
        let sizes = used.map { log(resamples.series.points[$0].x) }
        let medians = used.compactMap { resamples.series.points[$0].median }.map { log($0) }
        guard used.count > 1, medians.count == used.count else { return nil }
        // A power law is a straight line on logarithms: log y = log a + b·log x.
        let exponent = LeastSquares.slope(sizes, medians)
        let centre = (sizes.reduce(0, +), medians.reduce(0, +))
        let offset = (centre.1 - exponent * centre.0) / Double(used.count)
        // Distances on logarithms: their exp is the ratio between a median and the fit.
        let residuals = zip(sizes, medians).map { abs($1 - offset - exponent * $0) }
        guard exponent.isFinite else { return nil }
        return Growth(
            exponent: exponent, coefficient: exp(offset),
            interval: used.allSatisfy(resamples.isRepeated)
                ? resamples.interval(confidence: confidence) { resample in
                    LeastSquares.slope(sizes, used.map { log(resamples.medians[$0][resample]) })
                } : nil,
            sizes: used.count, departure: exp(residuals.max() ?? 0)
        )
    }
}
