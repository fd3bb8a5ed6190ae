import Contract
import Statistics

/// All measured numbers: one row a metric, facet and panel, one column a level of the compared factor.
enum NumbersTable {
    /// All numbers: one table; or, where the design asks for tables of two factors, one for each metric.
    static func parts(_ model: ReportModel) -> [(title: String, table: ReportTable)] {
        guard let design = model.run.design.matrix else { return [("", make(model))] }
        return model.metrics.flatMap { metric in
            model.matrices.compactMap { matrix -> (title: String, table: ReportTable)? in
                guard matrix.rows.count * matrix.columns.count <= mostNumbers else { return nil }
                let table = MetricMatrix.table(metric, matrix, design, model.run)
                guard table.rows.contains(where: { $0.dropFirst().contains { !$0.isMissing } }) else { return nil }
                return (
                    [Wording.title(of: metric), matrix.title].filter { !$0.isEmpty }.joined(separator: ", "), table
                )
            }
        }
    }

    /// Beyond so many nobody reads a table; the CSV and the JSON have them.
    private static let mostNumbers = 600

    static func make(_ model: ReportModel) -> ReportTable {
        let header = VerdictTables.questionHeader(model) + model.layout.levels
        var rows: [[ReportTable.Cell]] = []
        for metric in model.metrics {
            for facet in model.facets(recording: metric) {
                for panel in model.layout.panels {
                    let cells = model.cells(metric, facet, panel: panel)
                    let top = cells.compactMap(\.median).map(\.magnitude).max() ?? 0
                    let scale = UnitScale.fitting(top, unit: metric.unit)
                    let question = EffectChart.Row(metric: metric, facet: facet, panel: panel)
                    rows.append(
                        VerdictTables.questionCells(question, model: model) + cells.map { cell($0, scale: scale) }
                    )
                }
            }
        }
        return ReportTable(header: header, rows: rows, names: VerdictTables.questionHeader(model).count)
    }

    private static func cell(_ cell: Cell, scale: UnitScale) -> ReportTable.Cell {
        guard let median = cell.median else { return .init(cell.lossText ?? "not run", isMissing: true) }
        var details: [String] = []
        if let interval = cell.interval {
            details.append("\(scale.number(interval.lower)) to \(scale.number(interval.upper))")
        }
        details.append("n = \(cell.values.count)" + (cell.values.count < cell.trials ? " of \(cell.trials)" : ""))
        if cell.censored > 0 { details.append("\(cell.censored) censored") }
        return .init(scale.text(median), detail: details.joined(separator: ", "))
    }
}
