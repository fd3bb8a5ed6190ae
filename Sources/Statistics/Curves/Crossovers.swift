/// Finds the places where two curves cross.
public enum Crossovers {
    /// All crossings by growing size; none when the curves have fewer than two sizes in common.
    ///
    /// Curves run straight between the medians of neighbouring sizes on the given axes. A crossing is a change of the
    /// difference's sign: curves that touch do not cross, and curves that run together cross in the middle of that
    /// stretch.
    ///
    /// The interval is the bootstrap's percentile interval. Each resample of the trials gives the nearest crossing of
    /// the same direction. A resample that keeps the order of the smaller sizes throughout crosses beyond the largest
    /// size. One that keeps the order of the larger sizes crosses below the smallest.
    public static func find(
        _ first: MedianResamples, _ second: MedianResamples, axes: CurveAxes, confidence: Double = 0.95
    ) -> [Crossover] {
        let pair = CurvePair(first, second, axes: axes)
        let changes = pair.changes(of: pair.differences)
        guard !changes.isEmpty else { return [] }
        let resampled = pair.resampledDifferences
        let tail = (1 - min(max(confidence, 0), 1)) / 2
        return changes.enumerated().map { index, change in
            // A crossing is clear when the curves are apart anywhere up to the crossings beside it.
            let from = index == 0 ? 0 : changes[index - 1].right
            let to = index + 1 < changes.count ? changes[index + 1].left : pair.places.count - 1
            let level = 1 - tail
            return Crossover(
                x: axes.size(at: change.place),
                y: axes.value(at: pair.height(at: change.place)),
                interval: interval(of: change, in: pair, resampled: resampled, tail: tail),
                isFirstLowerBefore: change.isRising,
                isClear: pair.isApart(from...change.left, isBelow: change.isRising, level: level, in: resampled)
                    && pair.isApart(change.right...to, isBelow: !change.isRising, level: level, in: resampled),
                isAcrossGap: pair.hasGap(between: change.left, and: change.right)
            )
        }
    }

    private static func interval(
        of change: CurvePair.Change, in pair: CurvePair, resampled: [[Double]], tail: Double
    ) -> Interval? {
        guard pair.isRepeated(change.left), pair.isRepeated(change.right) else { return nil }
        let places = resampled.compactMap { place(of: change, in: pair, differences: $0) }.sorted()
        // Where most resamples have no such crossing at all, its place means nothing.
        guard places.count * 2 > resampled.count else { return nil }
        // The nearest rank, for interpolation between infinite ends has no answer.
        return Interval(middle: 1 - 2 * tail, of: places).map { ends in
            Interval(lower: pair.axes.size(at: ends.lower), upper: pair.axes.size(at: ends.upper))
        }
    }

    /// Where one resample has the crossing; `nil` when it crosses in the other direction only, or not at all.
    private static func place(of change: CurvePair.Change, in pair: CurvePair, differences: [Double]) -> Double? {
        let alike = pair.changes(of: differences).filter { $0.isRising == change.isRising }.map(\.place)
        if let nearest = alike.min(by: { abs($0 - change.place) < abs($1 - change.place) }) { return nearest }
        // Without any change of sign, the curves cross beyond the measured sizes, if at all.
        let hasBelow = differences.contains { $0 < 0 }
        let hasAbove = differences.contains { $0 > 0 }
        guard hasBelow != hasAbove else { return nil }
        return hasBelow == change.isRising ? .infinity : -.infinity
    }
}
