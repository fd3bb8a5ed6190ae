import Contract
import Statistics

/// Up to which size each level keeps the limits of the design.
enum CapacityTable {
    static func make(_ model: ReportModel) -> ReportTable {
        let levels = model.layout.levels.filter { level in
            model.capacities.contains { $0.answers.contains { $0.level == level } }
        }
        let header = CurveTables.questionHeader(model) + ["Limit"]
        return ReportTable(
            header: header + levels,
            rows: model.capacities.map { capacity in
                CurveTables.question(capacity.metric, capacity.facet, capacity.panel, model: model) + [limit(capacity)]
                    + levels.map { level in
                        cell(capacity.answers.first { $0.level == level }, capacity, model: model)
                    }
            },
            names: header.count
        )
    }

    /// How to read it.
    static func method(_ model: ReportModel) -> String {
        let name = model.layout.scale?.factor ?? "the size"
        return """
            Capacity: the largest size (\(name)) that was measured and at which the whole 95 % interval of the median is within the \
            limit. Between it and the next size nothing is known. At least: no larger size was measured, so that it is a \
            lower bound.
            """
    }

    private static func limit(_ capacity: Capacity) -> ReportTable.Cell {
        let sign = capacity.metric.better == .higher ? "≥ " : "≤ "
        return .init(sign + UnitScale.fitting(capacity.limit, unit: capacity.metric.unit).text(capacity.limit))
    }

    private static func cell(_ answer: Capacity.Answer?, _ capacity: Capacity, model: ReportModel) -> ReportTable.Cell {
        guard let answer else { return .init("no data", isMissing: true) }
        guard answer.isKnown else { return .init("unknown", detail: "no size has an interval", isMissing: true) }
        var details = answer.next.map { [text($0, capacity)] } ?? []
        if !answer.exceptions.isEmpty {
            details.append("not at " + answer.exceptions.map(\.text).joined(separator: ", "))
        }
        guard let largest = answer.largest else {
            return .init("none", detail: details.joined(separator: "; "))
        }
        return .init(
            (answer.isLowerBound ? "at least " : "") + largest.text, detail: details.joined(separator: "; ")
        )
    }

    /// What the next size is like: `10000: 1.21 ms, up to 1.30 ms`.
    private static func text(_ point: Curve.Point, _ capacity: Capacity) -> String {
        guard let median = point.median else { return "\(point.size.text): no value" }
        let scale = UnitScale.fitting(median, unit: capacity.metric.unit)
        let isMoreBetter = capacity.metric.better == .higher
        let bound = point.interval.map { interval in
            isMoreBetter ? ", down to \(scale.text(interval.lower))" : ", up to \(scale.text(interval.upper))"
        }
        return "\(point.size.text): \(scale.text(median))" + (bound ?? ", no interval")
    }
}
