import Results
import Statistics

/// Tables for a pull request or a wiki.
enum MarkdownReport {
    static func document(_ model: ReportModel) -> String {
        let run = model.run
        var lines = ["# \(Escape.markdown(run.name))", ""]
        lines.append(
            Escape.markdown(
                "\(run.kind), run \(run.id), \(run.startedAt), \(Wording.text(run.outcome)), \(run.toolVersion)")
        )
        if !model.notes.isEmpty {
            lines += [""] + model.notes.map { "> " + Escape.markdown($0) + "\n>" }.dropLastMark()
        }
        if model.comparisons.contains(where: { !$0.rows.isEmpty }) {
            lines += ["", "## Verdicts", ""] + table(VerdictTables.overview(model.comparisons))
            let first = model.comparisons.filter(\.isAgainstBaseline)
            let shown = first.isEmpty ? model.comparisons : first
            lines += [""] + table(VerdictTables.matrix(shown, model: model))
        }
        lines += ["", "## Numbers", "", "Median, 95 % bootstrap interval, number of trials.", ""]
        lines += table(NumbersTable.make(model))
        if !model.failures.isEmpty { lines += ["", "## Failures", ""] + table(RunTables.failures(model.failures)) }
        lines += ["", "## Environment", ""] + table(RunTables.environment(run))
        lines += ["", "## Again", "", "```", model.rerunCommand, "```"]
        return lines.joined(separator: "\n") + "\n"
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
        return cell.detail.isEmpty ? text : text + " (" + Escape.markdown(cell.detail) + ")"
    }
}

extension [String] {
    /// The quoted lines without the empty one after the last.
    fileprivate func dropLastMark() -> [String] {
        enumerated().map { $0.offset == count - 1 ? $0.element.replacing("\n>", with: "") : $0.element }
    }
}
