/// A closed interval of numbers, usually a confidence interval.
public struct Interval: Sendable, Hashable, Codable {
    /// The lower end.
    public let lower: Double

    /// The upper end.
    public let upper: Double

    /// Spans the two ends, in whichever order they come.
    public init(lower: Double, upper: Double) {
        self.lower = min(lower, upper)
        self.upper = max(lower, upper)
    }

    /// The middle share of sorted values, by nearest ranks: its ends are two of the values, which may be infinite.
    ///
    /// `nil` without a value.
    init?(middle share: Double, of sorted: [Double]) {
        guard !sorted.isEmpty else { return nil }
        let count = Double(sorted.count)
        let tail = (1 - min(max(share, 0), 1)) / 2
        let ranks = sorted.indices
        let lower = Int((tail * count).rounded(.down))
        let upper = Int(((1 - tail) * count).rounded(.up)) - 1
        self.init(
            lower: sorted[min(max(lower, 0), ranks.upperBound - 1)],
            upper: sorted[min(max(upper, 0), ranks.upperBound - 1)])
    }

    /// Whether the value lies inside, ends included.
    public func contains(_ value: Double) -> Bool {
        lower <= value && value <= upper
    }

    /// The interval, widened as far as it takes to hold a value.
    public func holding(_ value: Double) -> Interval {
        Interval(lower: min(lower, value), upper: max(upper, value))
    }

    /// Half the width as a fraction of a centre; `nil` around zero, where nothing is relative.
    public func relativeHalfWidth(around centre: Double) -> Double? {
        guard centre != 0, centre.isFinite else { return nil }
        return (upper - lower) / 2 / abs(centre)
    }
}
