public import Statistics

/// One level of the compared factor along the scale.
public struct Curve: Sendable, Equatable {
    /// One size, and what was measured there.
    public struct Point: Sendable, Equatable {
        /// The level of the scale, with its place on the axis.
        public let size: FactorScale.Level
        /// What was measured; nil where no level has a value of the metric.
        public let cell: Cell?

        /// The median; nil is a gap in the curve, and never 0.
        public var median: Double? {
            guard let median = cell?.median, median.isFinite else { return nil }
            return median
        }

        /// Both ends of the interval, when they are finite.
        var interval: Interval? {
            guard median != nil, let interval = cell?.interval, interval.lower.isFinite, interval.upper.isFinite else {
                return nil
            }
            return interval
        }
    }

    /// The level of the compared factor.
    public let level: String
    /// A point for every size that was tried, the smallest first.
    public let points: [Point]
    /// How the metric grows; nil when fewer than two sizes have values above 0.
    public let growth: Growth?
    /// What one more unit of size adds; nil when fewer than two sizes have values.
    public let unitCost: UnitCost?
    /// Where latency along offered rates bends; nil for other curves, and where there is no bend to find.
    public let knee: Knee?

    /// Neighbouring points that both have what is asked for: what a line or a band may join.
    func stretches(where has: (Point) -> Bool) -> [[Point]] {
        points.split(whereSeparator: { !has($0) }).map(Array.init)
    }

    static func series(_ points: [Point]) -> ScaleSeries {
        ScaleSeries(
            points.map { point in
                // A cell without a median counts as a gap as a whole, as it does in pictures and tables.
                .init(x: point.size.value, values: point.median == nil ? [] : point.cell?.values ?? [])
            }
        )
    }
}
