import Contract
import Statistics

/// Growth and crossovers for programs.
enum CurveJSON {
    /// How one metric of one level grows.
    struct GrowthPart: Encodable {
        let metric, scale, level: String
        let factors: [String: String]
        let exponent, coefficient, departure: Double?
        let interval: Interval?
        let sizes: Int?
        let words: [String]
        /// What one more unit of the scale adds, in the unit of the metric.
        let unitCost: Double?
        let unitCostInterval: Interval?
        /// Absent where the scale is no rate or the metric no latency.
        let knee: KneePart?
    }

    /// Where latency along rates bends.
    struct KneePart: Encodable {
        let rate, latency: Double
        let interval: Interval?
        let isLowerBound: Bool
    }

    /// Up to which size a limit of the design is kept; nil where no size keeps it.
    struct CapacityPart: Encodable {
        let metric, scale, level: String
        let factors: [String: String]
        let limit: Double
        let largest: Double?
        let isLowerBound: Bool
    }

    /// Where the curves of two levels cross; an empty list when they do not.
    struct PairPart: Encodable {
        let metric, scale, first, second: String
        let factors: [String: String]
        let crossings: [Crossing]
    }

    /// One crossing; `interval` has the ends `inf` and `-inf` where it may lie outside the sizes measured.
    struct Crossing: Encodable {
        let at, value: Double
        let interval: Interval?
        let lowerBefore, lowerAfter: String
        let isClear, isAcrossGap: Bool
    }

    static func growth(_ model: ReportModel) -> [GrowthPart] {
        model.allCurveSets.flatMap { set in
            set.curves.map { curve in
                GrowthPart(
                    metric: set.metric.name, scale: model.layout.scale?.factor ?? "", level: curve.level,
                    factors: factors(set.facet, set.panel, model: model), exponent: curve.growth?.exponent,
                    coefficient: curve.growth?.coefficient, departure: curve.growth?.departure,
                    interval: curve.growth?.interval, sizes: curve.growth?.sizes,
                    words: curve.growth?.shapes.map(\.rawValue) ?? [], unitCost: curve.unitCost?.slope,
                    unitCostInterval: curve.unitCost?.interval,
                    knee: curve.knee.map {
                        KneePart(rate: $0.x, latency: $0.y, interval: $0.interval, isLowerBound: $0.isLowerBound)
                    }
                )
            }
        }
    }

    static func crossovers(_ model: ReportModel) -> [PairPart] {
        model.allCurveSets.flatMap { set in
            set.pairs.map { pair in
                PairPart(
                    metric: set.metric.name, scale: model.layout.scale?.factor ?? "", first: pair.first,
                    second: pair.second, factors: factors(set.facet, set.panel, model: model),
                    crossings: pair.crossovers.map { crossing in
                        Crossing(
                            at: crossing.x, value: crossing.y, interval: crossing.interval,
                            lowerBefore: crossing.isFirstLowerBefore ? pair.first : pair.second,
                            lowerAfter: crossing.isFirstLowerBefore ? pair.second : pair.first,
                            isClear: crossing.isClear, isAcrossGap: crossing.isAcrossGap
                        )
                    }
                )
            }
        }
    }

    static func capacities(_ model: ReportModel) -> [CapacityPart] {
        model.capacities.flatMap { capacity in
            capacity.answers.map { answer in
                CapacityPart(
                    metric: capacity.metric.name, scale: model.layout.scale?.factor ?? "", level: answer.level,
                    factors: factors(capacity.facet, capacity.panel, model: model), limit: capacity.limit,
                    largest: answer.largest?.value, isLowerBound: answer.isLowerBound
                )
            }
        }
    }

    private static func factors(_ facet: FactorLayout.Facet, _ place: String, model: ReportModel) -> [String: String] {
        model.layout.factors(facet: facet, panel: place)
    }
}
