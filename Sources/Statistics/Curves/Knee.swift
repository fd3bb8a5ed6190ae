/// Where a curve of latency along offered rates bends: the rate that buys the most for the latency that it costs.
///
/// It is the rate with the greatest power, rate divided by latency (Kleinrock 1979, "Power and Deterministic Rules of
/// Thumb for Probabilistic Problems in Computer Communications"): up to there latency grows more slowly than the rate,
/// beyond it faster.
public struct Knee: Sendable, Equatable {
    /// The rate, one of those that were measured.
    public let x: Double

    /// The latency there.
    public let y: Double

    /// The rates that are the knee in the middle share of the resamples; `nil` where a rate has a single trial.
    public let interval: Interval?

    /// Whether it is the largest rate of all: then the curve has not bent yet, and the knee may lie beyond.
    public let isLowerBound: Bool

    /// The rate of greatest power; `nil` with fewer than three rates that have values above 0.
    ///
    /// With two rates either is an end, and neither a bend.
    public static func find(_ resamples: MedianResamples, confidence: Double = 0.95) -> Knee? {
        let points = resamples.series.points
        let used = points.indices.filter { points[$0].x > 0 && (points[$0].median ?? 0) > 0 }
        guard used.count > 2, let last = used.last else { return nil }
        func strongest(_ latency: (Int) -> Double) -> Int? {
            // The smaller of two equals, for it costs less.
            used.max { points[$0].x / latency($0) < points[$1].x / latency($1) }
        }
        guard let best = strongest({ points[$0].median ?? .infinity }), let latency = points[best].median else {
            return nil
        }
        return Knee(
            x: points[best].x, y: latency,
            interval: used.allSatisfy(resamples.isRepeated)
                ? Interval(
                    middle: confidence,
                    of: (0..<resamples.count).compactMap { resample in
                        strongest { resamples.medians[$0][resample] }.map { points[$0].x }
                    }.sorted()) : nil,
            isLowerBound: best == last
        )
    }
}
