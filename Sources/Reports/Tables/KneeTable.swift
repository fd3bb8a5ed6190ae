import Contract
import Statistics

/// Up to which rate more costs little latency, for each level.
enum KneeTable {
    /// The judged latencies, level by level; empty without offered rates.
    static func make(_ model: ReportModel) -> ReportTable {
        let sets = model.curveSets.filter { set in set.curves.contains { $0.knee != nil } }
        return CurveTables.byLevel(model, sets) { curve, metric in
            cell(curve, metric, scale: model.layout.scale)
        }
    }

    /// How to read it.
    static let method = """
        Knee: the rate that was measured at which rate divided by latency is greatest (Kleinrock 1979), with the rates that are \
        it in 95 % of the resamples. Up to there latency grows more slowly than the rate, beyond it faster. At least: it is the \
        largest rate of all, and the curve has not bent yet.
        """

    private static func cell(_ curve: Curve?, _ metric: Metric, scale: FactorScale?) -> ReportTable.Cell {
        guard let curve, let scale else { return .init("no data", isMissing: true) }
        guard let knee = curve.knee else {
            return .init("unknown", detail: "fewer than 3 rates have values above 0", isMissing: true)
        }
        let latency = UnitScale.fitting(knee.y, unit: metric.unit).text(knee.y)
        return .init(
            (knee.isLowerBound ? "at least " : "") + scale.spelled(knee.x),
            detail: "\(latency) there; "
                + (knee.interval.map {
                    $0.lower == $0.upper ? "no other rate" : "\(scale.spelled($0.lower)) to \(scale.spelled($0.upper))"
                }
                    ?? "no interval: a rate has a single trial")
        )
    }
}
