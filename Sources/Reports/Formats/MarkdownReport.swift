import Contract
import Results
import Statistics

/// Tables for a pull request or a wiki.
enum MarkdownReport {
    static func document(_ model: ReportModel) -> String {
        let run = model.run
        var lines = ["# \(Escape.markdown(run.name))", ""]
        lines.append(
            Escape.markdownLine(
                "\(run.kind), run \(run.id), \(run.startedAt), \(Wording.text(run.outcome)), \(run.toolVersion)")
        )
        if !model.notes.isEmpty {
            lines += [""] + model.notes.map { "> " + Escape.markdownLine($0) + "\n>" }.dropLastMark()
        }
        lines += findings(model)
        if !model.run.steps.isEmpty { lines += ["", "## Steps", ""] + table(StepTable.make(model)) }
        lines +=
            model.allCurveSets.isEmpty
            ? verdicts(model) + conformance(model) : scale(model) + conformance(model) + verdicts(model)
        for part in NumbersTable.parts(model) {
            lines += ["", "## Numbers\(part.title.isEmpty ? "" : ": \(Escape.markdown(part.title))")", ""]
            lines += ["Median, 95 % bootstrap interval, number of trials.", ""] + table(part.table)
        }
        if !model.failures.isEmpty { lines += ["", "## Failures", ""] + table(RunTables.failures(model.failures)) }
        if !model.spans.isEmpty { lines += ["", "## What held when", ""] + table(SpanTable.make(model)) }
        lines += ["", "## Environment", ""] + table(RunTables.environment(run))
        lines += ["", "## Again", ""] + Escape.markdownCode(model.rerunCommand)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func standings(_ model: ReportModel) -> [String] {
        let standings = model.standings
        guard !standings.isEmpty else { return [] }
        return [
            "", "## Who is better at what", "", Escape.markdownLine(StandingTable.summary(standings, model: model)), "",
        ]
            + table(StandingTable.table(standings, model: model)) + ["", Escape.markdownLine(StandingTable.legend)]
    }

    private static func verdicts(_ model: ReportModel) -> [String] {
        guard model.comparisons.contains(where: { !$0.rows.isEmpty }) else { return [] }
        let first = model.comparisons.filter(\.isAgainstBaseline)
        let shown = first.isEmpty ? model.comparisons : first
        return standings(model) + ["", "## Verdicts", ""] + table(VerdictTables.overview(model.comparisons)) + [""]
            + table(VerdictTables.matrix(shown, model: model))
    }

    /// The judged metrics; the others are in the page and in the JSON.
    private static func scale(_ model: ReportModel) -> [String] {
        guard let scale = model.layout.scale, !model.allCurveSets.isEmpty else { return [] }
        func part(_ title: String, _ content: ReportTable, _ method: String) -> [String] {
            content.rows.isEmpty ? [] : ["", "## \(title)", ""] + table(content) + ["", Escape.markdownLine(method)]
        }
        let crossovers =
            CurveTables.hasCrossovers(model)
            ? part("Crossovers", CurveTables.crossovers(model), CurveTables.crossoverMethod)
            : model.layout.compared == nil
                ? [] : ["", "## Crossovers", "", Escape.markdownLine(CurveTables.noCrossovers(model))]
        return part("Capacity", CapacityTable.make(model), CapacityTable.method(model))
            + part("Knee", KneeTable.make(model), KneeTable.method) + crossovers
            + part(
                "Cost of one more of \(Escape.markdown(scale.factor))", CostTable.make(model, model.curveSets),
                CostTable.method(model)
            )
            + part("Growth", CurveTables.growth(model, model.curveSets), CurveTables.growthMethod(model))
    }

    private static func findings(_ model: ReportModel) -> [String] {
        guard !model.findings.isEmpty else { return [] }
        let failures = FindingTables.failures(model)
        return ["", "## Findings", "", Escape.markdownLine(FindingTables.summary(model))]
            + model.matrices.flatMap { matrix -> [String] in
                (matrix.title.isEmpty ? [] : ["", "### \(Escape.markdown(matrix.title))"]) + [""]
                    + table(FindingTables.table(matrix, corner: model.run.design.matrix?.rows ?? ""))
            }
            + (failures.rows.isEmpty ? [] : ["", "### Not as expected", ""] + table(failures))
    }

    private static func conformance(_ model: ReportModel) -> [String] {
        guard !model.conformance.isEmpty else { return [] }
        let deviations = ConformanceTables.deviations(model)
        return ["", "## Conformance", "", Escape.markdownLine(ConformanceTables.summary(model)), ""]
            + table(ConformanceTables.matrix(model))
            + (deviations.rows.isEmpty ? [] : ["", "### Deviations", ""] + table(deviations))
    }

    static func table(_ table: ReportTable) -> [String] {
        guard !table.rows.isEmpty else { return ["None."] }
        let rule = table.header.indices.map { $0 < table.names ? "---" : "--:" }
        let rows = table.rows.map { row in "| " + row.map(cell).joined(separator: " | ") + " |" }
        return [
            "| " + table.header.map(Escape.markdown).joined(separator: " | ") + " |",
            "| " + rule.joined(separator: " | ") + " |",
        ] + rows
    }

    private static func cell(_ cell: ReportTable.Cell) -> String {
        var text = Escape.markdown(cell.text)
        if let verdict = cell.verdict {
            let isChange = verdict == .improved || verdict == .regressed
            text += isChange ? " **\(verdict.rawValue)**" : " \(verdict.rawValue)"
        }
        if let verdict = cell.conformance {
            text += verdict == .deviates ? "**\(verdict.rawValue)**" : verdict.rawValue
        }
        if let found = cell.finding {
            let words = Escape.markdown(found.words)
            text += found.verdict == .failed ? "**✗ \(words)**" : found.verdict == .passed ? "✓ \(words)" : "· \(words)"
        }
        return cell.detail.isEmpty ? text : text + " (" + Escape.markdown(cell.detail) + ")"
    }
}

extension [String] {
    /// The quoted lines without the empty one after the last.
    fileprivate func dropLastMark() -> [String] {
        enumerated().map { $0.offset == count - 1 ? $0.element.replacing("\n>", with: "") : $0.element }
    }
}
