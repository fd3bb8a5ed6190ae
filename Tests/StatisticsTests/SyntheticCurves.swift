import Foundation
import Statistics

/// Curves whose growth and crossings are known.
enum SyntheticCurves {
    static let sizes: [Double] = [1, 10, 100, 1_000, 5_000, 10_000]
    static let logarithmic = CurveAxes(isXLogarithmic: true, isYLogarithmic: true)
    static let linear = CurveAxes(isXLogarithmic: false, isYLogarithmic: false)

    /// y = a·x^b with so many trials a size, each off by a random factor of at most 1 ± noise.
    static func power(
        _ coefficient: Double, _ exponent: Double, trials: Int = 8, noise: Double = 0, seed: UInt64 = 1
    ) -> ScaleSeries {
        var random = RandomSamples(seed: seed)
        return ScaleSeries(
            sizes.map { x in
                let y = coefficient * pow(x, exponent)
                return .init(x: x, values: random.fractions(trials).map { y * (1 + noise * (2 * $0 - 1)) })
            }
        )
    }

    /// Heights at the sizes 1, 2, 3 …, two equal trials each; `nil` is a gap.
    static func heights(_ heights: [Double?], trials: Int = 2) -> ScaleSeries {
        ScaleSeries(
            heights.enumerated().map { index, height in
                .init(x: Double(index + 1), values: height.map { [Double](repeating: $0, count: trials) } ?? [])
            }
        )
    }

    static func crossovers(
        _ first: ScaleSeries, _ second: ScaleSeries, axes: CurveAxes = linear, seed: UInt64 = 5
    ) -> [Crossover] {
        var random = SeededGenerator(seed: seed)
        let one = MedianResamples(first, random: &random)
        let two = MedianResamples(second, random: &random)
        return Crossovers.find(one, two, axes: axes)
    }

    static func growth(_ series: ScaleSeries, seed: UInt64 = 5) -> Growth? {
        var random = SeededGenerator(seed: seed)
        return Growth.fit(MedianResamples(series, random: &random))
    }
}

extension Double {
    /// Whether two numbers are equal but for rounding.
    func isAbout(_ other: Double, within tolerance: Double = 1e-9) -> Bool {
        abs(self - other) <= tolerance * max(1, abs(other))
    }
}
