import Contract
import Statistics

/// A metric as a table of two factors.
enum MetricMatrix {
    static func table(_ metric: Metric, _ matrix: FindingMatrix, _ design: Design.Matrix, _ run: RunData) -> ReportTable
    {
        let others = run.design.factors.filter {
            $0.name != design.rows && $0.name != design.columns && $0.levels.count > 1
        }.map(\.name)
        let here = run.trials.filter { trial in
            others.compactMap { trial.factors[$0] }.joined(separator: " · ") == matrix.title
        }
        let places = Dictionary(grouping: here) { [$0.factors[design.rows] ?? "", $0.factors[design.columns] ?? ""] }
            .mapValues { $0.compactMap { $0.value(of: metric.name) } }
        let scale = UnitScale.fitting(places.values.joined().max() ?? 0, unit: metric.unit)
        return ReportTable(
            header: [Wording.title(design.rows)] + matrix.columns,
            rows: matrix.rows.map { row in
                [.init(row)]
                    + matrix.columns.map { column in
                        let values = places[[row, column]] ?? []
                        guard let median = Descriptive.median(values) else { return .init("–", isMissing: true) }
                        return .init(scale.text(median), detail: values.count > 1 ? "n = \(values.count)" : "")
                    }
            },
            names: 1)
    }
}
