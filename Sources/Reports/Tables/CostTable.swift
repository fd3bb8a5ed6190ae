import Contract
import Statistics

/// What one more unit of size costs: the slope of each curve.
enum CostTable {
    /// What costs, level by level; empty without anything that does.
    static func make(_ model: ReportModel, _ sets: [CurveSet]) -> ReportTable {
        CurveTables.byLevel(model, sets.filter { isCost($0.metric) }, cell: cell)
    }

    /// How to read it.
    static func method(_ model: ReportModel) -> String {
        let name = model.layout.scale?.factor ?? "size"
        return """
            Cost: what one more of \(name) adds, the slope of the straight line through the medians by least squares, with its \
            95 % bootstrap interval over the trials. It says most about the largest sizes; where the growth is not linear it \
            is a mean. An interval that holds 0 says that no cost was found.
            """
    }

    /// Times, memory and counts add up over units; shares and rates do not.
    static func isCost(_ metric: Metric) -> Bool {
        metric.better == .lower && ["s", "B", "count"].contains(metric.unit)
    }

    private static func cell(_ curve: Curve?, _ metric: Metric) -> ReportTable.Cell {
        guard let curve else { return .init("no data", isMissing: true) }
        guard let cost = curve.unitCost else { return .init("unknown", detail: "a single size", isMissing: true) }
        let most = max(cost.slope.magnitude, cost.interval?.upper.magnitude ?? 0, cost.interval?.lower.magnitude ?? 0)
        let scale = UnitScale.fitting(most, unit: metric.unit)
        let text = scale.text(cost.slope).replacing("-", with: "−")
        guard let interval = cost.interval else {
            return .init(text, detail: "no interval: a size has a single trial")
        }
        let ends = [interval.lower, interval.upper].map { scale.number($0).replacing("-", with: "−") }
        let isNone = interval.lower <= 0 && interval.upper >= 0
        let used = cost.sizes < curve.points.count ? ", \(cost.sizes) of \(curve.points.count) sizes" : ""
        return .init(isNone ? "none found" : text, detail: "\(ends[0]) to \(ends[1])" + unit(scale, isNone) + used)
    }

    private static func unit(_ scale: UnitScale, _ isShown: Bool) -> String {
        isShown && !scale.symbol.isEmpty ? " \(scale.symbol)" : ""
    }
}
