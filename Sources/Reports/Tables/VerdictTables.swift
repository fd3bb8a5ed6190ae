import Contract
import Statistics

/// Tables of how comparisons ended: an overview, and a matrix of every question.
enum VerdictTables {
    /// One row a comparison: how many verdicts of each kind, and the geometric mean.
    static func overview(_ comparisons: [LevelComparison]) -> ReportTable {
        ReportTable(
            header: [
                "Comparison", "improved", "regressed", "unchanged", "inconclusive",
                "geometric mean (above 1 is better)",
            ],
            rows: comparisons.filter { !$0.rows.isEmpty }.map { comparison in
                let counts = [Verdict.improved, .regressed, .unchanged, .inconclusive].map { verdict in
                    ReportTable.Cell("\(comparison.count(verdict))")
                }
                let mean = comparison.geometricMean.map { "×" + NumberText.fixed($0, decimals: 2) } ?? "n/a"
                return [ReportTable.Cell(name(comparison))] + counts + [ReportTable.Cell(mean)]
            },
            names: 1
        )
    }

    /// One row a question, one column a comparison.
    static func matrix(_ comparisons: [LevelComparison], model: ReportModel) -> ReportTable {
        var seen = Set<EffectChart.Row>()
        let questions = model.cells.filter(\.metric.judged)
            .map { EffectChart.Row(metric: $0.metric, facet: $0.facet, panel: $0.panel) }
            .filter { seen.insert($0).inserted }
        let header = questionHeader(model) + comparisons.map(name)
        var rows = questions.map { question in
            questionCells(question, model: model)
                + comparisons.map { comparison in cell(comparison, question: question) }
        }
        if !rows.isEmpty {
            let blanks = [ReportTable.Cell](repeating: .init(""), count: questionHeader(model).count - 1)
            rows.append(
                [.init("Geometric mean", detail: "above 1 is better")] + blanks
                    + comparisons.map { comparison in
                        let mean = comparison.geometricMean.map { "×" + NumberText.fixed($0, decimals: 2) }
                        return .init(mean ?? "n/a", isMissing: mean == nil)
                    }
            )
        }
        return ReportTable(header: header, rows: rows, names: questionHeader(model).count)
    }

    static func name(_ comparison: LevelComparison) -> String { "\(comparison.candidate) against \(comparison.base)" }

    /// What a comparison found: the change, its interval and how sure that is.
    static func cell(_ result: Comparison) -> ReportTable.Cell {
        var details: [String] = []
        if result.ratio != nil { details.append(result.intervalWords ?? "too few for an interval") }
        details.append("p \(NumberText.probability(result.adjustedPValue))")
        details.append("n \(result.base.n)/\(result.candidate.n)")
        details += result.caveats.map(\.rawValue)
        let change = result.ratio.map(NumberText.change(ofRatio:)) ?? "no ratio"
        return .init(change, detail: details.joined(separator: ", "), verdict: result.verdict)
    }

    static func questionHeader(_ model: ReportModel) -> [String] {
        let hasFacets = model.layout.facets.contains { !$0.label.isEmpty }
        return ["Metric"] + (hasFacets ? [facetName(model)] : [])
            + (model.layout.panelFactor.map { [$0] } ?? [])
    }

    static func questionCells(_ row: EffectChart.Row, model: ReportModel) -> [ReportTable.Cell] {
        let hasFacets = model.layout.facets.contains { !$0.label.isEmpty }
        return [.init(title(row.metric))]
            + (hasFacets ? [.init(row.facet.label)] : []) + (model.layout.panelFactor == nil ? [] : [.init(row.panel)])
    }

    /// The metric's name and which way is better.
    static func title(_ metric: Metric) -> String {
        let arrow =
            switch metric.better {
            case .higher: " ↑"
            case .lower: " ↓"
            case .neither: ""
            }
        return Wording.title(of: metric) + arrow
    }

    private static func facetName(_ model: ReportModel) -> String {
        let names = model.run.design.factors.filter {
            !model.layout.levelFactors.contains($0.name) && $0.name != model.layout.panelFactor && $0.levels.count > 1
        }
        return names.map(\.name).joined(separator: " · ")
    }

    private static func cell(_ comparison: LevelComparison, question: EffectChart.Row) -> ReportTable.Cell {
        let row = comparison.rows.first {
            $0.metric.name == question.metric.name && $0.facet == question.facet && $0.panel == question.panel
        }
        return row.map { cell($0.result) } ?? .init("no data", isMissing: true)
    }
}
