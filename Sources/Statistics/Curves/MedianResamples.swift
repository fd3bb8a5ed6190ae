/// The medians of a curve's points over many resamples of its trials: the bootstrap behind crossovers and growth.
///
/// Trials are resampled within their size, for sizes are chosen and not drawn (Efron and Tibshirani 1993, "An
/// Introduction to the Bootstrap", on fixed designs).
public struct MedianResamples: Sendable {
    /// How many resamples are drawn unless told otherwise.
    public static let usualCount = 1_000

    /// What was resampled.
    public let series: ScaleSeries

    /// By point, then by resample; empty in a gap.
    let medians: [[Double]]

    /// How many resamples there are.
    let count: Int

    /// Draws the resamples.
    ///
    /// Curves that are compared need draws that are independent of each other: hand the same generator on from one to
    /// the next.
    public init(_ series: ScaleSeries, count: Int = Self.usualCount, random: inout SeededGenerator) {
        self.series = series
        self.count = max(1, count)
        var medians: [[Double]] = []
        for point in series.points {
            medians.append(Self.draw(self.count, from: point.values.sorted(), random: &random))
        }
        self.medians = medians
    }

    /// Whether a point has at least two trials, so that resamples of it can differ.
    func isRepeated(_ index: Int) -> Bool { series.points[index].values.count > 1 }

    /// The percentile interval of what each resample gives.
    func interval(confidence: Double, of value: (Int) -> Double) -> Interval? {
        let values = (0..<count).map(value)
        let tail = (1 - min(max(confidence, 0), 1)) / 2
        guard let lower = Descriptive.quantile(values, tail), let upper = Descriptive.quantile(values, 1 - tail) else {
            return nil
        }
        return Interval(lower: lower, upper: upper)
    }

    /// The same sizes and values at other units would give the same draws: only ranks are drawn.
    private static func draw(_ count: Int, from sorted: [Double], random: inout SeededGenerator) -> [Double] {
        guard let only = sorted.first else { return [] }
        guard sorted.count > 1 else { return [Double](repeating: only, count: count) }
        guard sorted.count <= Bootstrap.exactLimit else {
            let seed = random.next()
            // They come sorted: paired like that, the resamples of two curves would rise and fall together.
            return random.shuffled(Bootstrap.resampledMedians(sorted: sorted, resamples: count, seed: seed))
        }
        let distribution = MedianDistribution(sorted: sorted)
        return (0..<count).map { _ in distribution.quantile(random.fraction()) }
    }
}

extension SeededGenerator {
    /// A number from 0 up to, but not including, 1, with 53 random bits.
    fileprivate mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
