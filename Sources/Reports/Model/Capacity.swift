public import Contract
import Statistics

/// Up to which size one metric at one place stays within a limit, for every level of the compared factor.
public struct Capacity: Sendable, Equatable {
    /// One level's answer.
    public struct Answer: Sendable, Equatable {
        /// The level of the compared factor.
        public let level: String
        /// The largest measured size whose whole interval is within the limit; nil when none is.
        public let largest: FactorScale.Level?
        /// Whether it is the largest size of all, so that the true capacity may be larger.
        public let isLowerBound: Bool
        /// The next larger size: there the limit may be exceeded, or no value is known.
        public let next: Curve.Point?
        /// Smaller sizes at which the limit is not kept for certain.
        public let exceptions: [FactorScale.Level]
        /// Whether any size has an interval to judge by.
        public let isKnown: Bool
    }

    /// The metric that the limit is for.
    public let metric: Metric
    /// The limit in the metric's unit.
    public let limit: Double
    /// The facet of the curves.
    public let facet: FactorLayout.Facet
    /// The level of the panel factor; empty without one.
    public let panel: String
    /// By level, in design order.
    public let answers: [Answer]

    /// The capacities that the design asks for, in its order.
    static func all(_ design: Design, sets: [CurveSet]) -> [Capacity] {
        (design.thresholds ?? []).flatMap { threshold in
            sets.filter { $0.metric.name == threshold.metric }.map { Capacity($0, limit: threshold.limit) }
        }
    }

    private init(_ set: CurveSet, limit: Double) {
        metric = set.metric
        self.limit = limit
        facet = set.facet
        panel = set.panel
        let isMoreBetter = set.metric.better == .higher
        func keeps(_ point: Curve.Point) -> Bool {
            // The bound on the wrong side has to be within the limit: a median alone may be luck.
            point.interval.map { isMoreBetter ? $0.lower >= limit : $0.upper <= limit } ?? false
        }
        answers = set.curves.map { curve in
            let last = curve.points.lastIndex(where: keeps)
            let next = last.map { $0 + 1 } ?? 0
            return Answer(
                level: curve.level, largest: last.map { curve.points[$0].size },
                isLowerBound: last == curve.points.indices.last,
                next: curve.points.indices.contains(next) ? curve.points[next] : nil,
                exceptions: curve.points.prefix(last ?? 0).filter { $0.interval != nil && !keeps($0) }.map(\.size),
                isKnown: curve.points.contains { $0.interval != nil }
            )
        }
    }
}
