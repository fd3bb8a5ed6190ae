import Contract
import Statistics

extension RunComparison {
    /// The comparison as a plain table: one row a metric and variant, then the geometric mean.
    public var header: [String] {
        ["metric", "variant", "base", "candidate", "change", "interval", "p", "verdict"]
    }

    /// The rows below `header`; the interval is the one that the verdict rests on; values are scaled and carry their
    /// units.
    public var textRows: [[String]] {
        let lines = rows.map { row -> [String] in
            let result = row.result
            let top = max(result.base.median?.magnitude ?? 0, result.candidate.median?.magnitude ?? 0)
            let scale = UnitScale.fitting(top, unit: row.metric.unit)
            return [
                row.metric.name, row.variant, result.base.median.map(scale.text) ?? "n/a",
                result.candidate.median.map(scale.text) ?? "n/a",
                result.ratio.map(NumberText.change(ofRatio:)) ?? "n/a", result.intervalWords ?? "n/a",
                NumberText.probability(result.adjustedPValue), result.verdictWords,
            ]
        }
        guard let mean = geometricMean else { return lines }
        return lines + [
            ["geometric mean", "above 1 is better", "", "", "×" + NumberText.fixed(mean, decimals: 3), "", "", ""]
        ]
    }

    /// What must be said beside the table; empty when there is nothing to say.
    public var notes: [String] {
        var notes: [String] = []
        if !differences.isEmpty {
            let reason = Self.reason(differences)
            notes.append(isOverridden ? "Compared although \(reason)" : "Not comparable: \(reason).")
        }
        if let emptiness { notes.append(Wording.sentence(emptiness.description)) }
        notes += remarks
        if !lost.isEmpty {
            notes.append("The candidate has no values where the base has some: \(lost.joined(separator: "; ")).")
        }
        let gained = unmatched.filter { !lost.contains($0) }
        if !gained.isEmpty {
            notes.append(
                "Only the candidate has values, which nothing was compared with: \(gained.joined(separator: "; ")).")
        }
        if let note = ReportNotes.shapeNote(rows.map { ("\($0.metric.name) at \($0.variant)", $0.result) }) {
            notes.append(note)
        }
        return notes
    }

    /// The comparison in a format; CSV, OpenMetrics and HTML are of single runs, and give nil.
    public func render(_ format: ReportFormat) -> String? {
        switch format {
        case .markdown: markdown
        case .json: JSONReport.encode(document)
        case .junit: junit()
        case .html, .csv, .openmetrics: nil
        }
    }

    private var markdown: String {
        let table = ReportTable(header: header, rows: textRows.map { $0.map { .init($0) } }, names: 2)
        let title = "# \(Escape.markdown(candidate)) against \(Escape.markdown(base))"
        let remarks = notes.isEmpty ? [] : [""] + notes.map { "> " + Escape.markdownLine($0) }
        return ([title] + remarks + [""] + MarkdownReport.table(table)).joined(separator: "\n") + "\n"
    }

    private struct Document: Encodable {
        let base, candidate: String
        let comparable, overridden: Bool
        let faults: [String]
        let differences: [EnvironmentGuard.Difference]
        let geometricMean: Double?
        let results: [Comparison]
        let notes, lost, unmatched: [String]
    }

    private var document: Document {
        Document(
            base: base, candidate: candidate, comparable: isComparable, overridden: isOverridden,
            faults: faults(), differences: differences, geometricMean: geometricMean, results: rows.map(\.result),
            notes: notes,
            lost: lost, unmatched: unmatched
        )
    }
}
