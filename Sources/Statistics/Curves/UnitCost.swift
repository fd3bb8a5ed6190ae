/// What one more unit of size adds: the slope b of the line y = a + b·x through the medians of a curve.
public struct UnitCost: Sendable, Equatable {
    /// The slope b, in the unit of the values for one unit of size.
    public let slope: Double

    /// The value a that the line has at size 0.
    public let offset: Double

    /// The bootstrap interval of the slope; `nil` where a size has a single trial.
    public let interval: Interval?

    /// How many sizes the line rests on.
    public let sizes: Int

    /// Fits the medians by least squares; `nil` with fewer than two sizes.
    ///
    /// Unlike `Growth`, which asks for the shape, this is dominated by the largest sizes, which is what a price per
    /// unit is asked for. It is the mean price over the sizes measured where a curve is no line.
    public static func fit(_ resamples: MedianResamples, confidence: Double = 0.95) -> UnitCost? {
        let used = resamples.series.points.indices.filter { !resamples.series.points[$0].values.isEmpty }
        let sizes = used.map { resamples.series.points[$0].x }
        let medians = used.compactMap { resamples.series.points[$0].median }
        guard used.count > 1, medians.count == used.count else { return nil }
        let slope = LeastSquares.slope(sizes, medians)
        guard slope.isFinite else { return nil }
        let count = Double(used.count)
        return UnitCost(
            slope: slope, offset: medians.reduce(0, +) / count - slope * sizes.reduce(0, +) / count,
            interval: used.allSatisfy(resamples.isRepeated)
                ? resamples.interval(confidence: confidence) { resample in
                    LeastSquares.slope(sizes, used.map { resamples.medians[$0][resample] })
                } : nil,
            sizes: used.count
        )
    }
}
