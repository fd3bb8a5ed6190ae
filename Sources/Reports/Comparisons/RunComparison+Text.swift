import Statistics

extension RunComparison {
    /// The comparison as a plain table: one row a metric and variant, then the geometric mean.
    public var header: [String] {
        ["metric", "variant", "base", "candidate", "change", "95 % interval", "p", "verdict"]
    }

    /// The rows below `header`; values are scaled and carry their units.
    public var textRows: [[String]] {
        let lines = rows.map { row -> [String] in
            let result = row.result
            let top = max(result.base.median?.magnitude ?? 0, result.candidate.median?.magnitude ?? 0)
            let scale = UnitScale.fitting(top, unit: row.metric.unit)
            let interval = result.interval.map {
                "\(NumberText.change(ofRatio: $0.lower)) to \(NumberText.change(ofRatio: $0.upper))"
            }
            return [
                row.metric.name, row.variant, result.base.median.map(scale.text) ?? "n/a",
                result.candidate.median.map(scale.text) ?? "n/a",
                result.ratio.map(NumberText.change(ofRatio:)) ?? "n/a", interval ?? "n/a",
                NumberText.probability(result.adjustedPValue), result.verdict.rawValue,
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
        notes += remarks
        if !lost.isEmpty {
            notes.append("The candidate has no values where the base has some: \(lost.joined(separator: "; ")).")
        }
        let gained = unmatched.filter { !lost.contains($0) }
        if !gained.isEmpty {
            notes.append(
                "Only the candidate has values, which nothing was compared with: \(gained.joined(separator: "; ")).")
        }
        if rows.isEmpty { notes.append("The runs have no judged metric of the same variant in common.") }
        return notes
    }

    /// The comparison in a format; CSV, OpenMetrics and HTML are of single runs, and give nil.
    public func render(_ format: ReportFormat) -> String? {
        switch format {
        case .markdown: markdown
        case .json: JSONReport.encode(document)
        case .junit: junit
        case .html, .csv, .openmetrics: nil
        }
    }

    private var markdown: String {
        let table = ReportTable(header: header, rows: textRows.map { $0.map { .init($0) } }, names: 2)
        let title = "# \(Escape.markdown(candidate)) against \(Escape.markdown(base))"
        let remarks = notes.isEmpty ? [] : [""] + notes.map { "> " + Escape.markdownLine($0) }
        return ([title] + remarks + [""] + MarkdownReport.table(table)).joined(separator: "\n") + "\n"
    }

    private var junit: String {
        let failures = count(.regressed) + lost.count
        let skipped = count(.inconclusive) + count(.notComparable)
        var text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\""
            + Escape.markup("\(candidate) against \(base)")
            + "\" tests=\"\(rows.count + lost.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\">\n"
        for row in rows {
            let reason = Escape.markup("\(row.result.verdict.rawValue): \(row.result.reason)")
            text +=
                "    <testcase classname=\"\(Escape.markup(row.metric.name))\" name=\"\(Escape.markup(row.variant))\""
            switch row.result.verdict {
            case .regressed: text += "><failure message=\"\(reason)\"/></testcase>\n"
            case .inconclusive, .notComparable: text += "><skipped message=\"\(reason)\"/></testcase>\n"
            case .improved, .unchanged: text += "/>\n"
            }
        }
        for name in lost {
            text += "    <testcase classname=\"lost\" name=\"\(Escape.markup(name))\">"
            text += "<failure message=\"the base has values, the candidate has none\"/></testcase>\n"
        }
        return text + "  </testsuite>\n</testsuites>\n"
    }

    private struct Document: Encodable {
        let base, candidate: String
        let comparable, overridden: Bool
        let differences: [EnvironmentGuard.Difference]
        let geometricMean: Double?
        let results: [Comparison]
        let notes, lost, unmatched: [String]
    }

    private var document: Document {
        Document(
            base: base, candidate: candidate, comparable: isComparable, overridden: isOverridden,
            differences: differences, geometricMean: geometricMean, results: rows.map(\.result), notes: notes,
            lost: lost, unmatched: unmatched
        )
    }
}
