import Contract

/// What was found against what was expected, as tables and in words.
public enum FindingTables {
    /// One row a level of the rows' factor, one column a level of the columns' factor.
    static func table(_ matrix: FindingMatrix, corner: String) -> ReportTable {
        ReportTable(
            header: [corner] + matrix.columns,
            rows: zip(matrix.rows, matrix.entries).map { name, entries in
                [.init(name)] + entries.map(cell)
            },
            names: 1 + matrix.columns.count)
    }

    private static func cell(_ entry: FindingMatrix.Entry?) -> ReportTable.Cell {
        guard let entry else { return .init("–") }
        var cell = ReportTable.Cell("", detail: entry.often, isMissing: entry.verdict == nil)
        if let verdict = entry.verdict {
            cell.finding = .init(verdict: verdict, words: entry.found)
        } else {
            cell.text = entry.found
        }
        return cell
    }

    /// Everything that is not as expected, with the words of whoever said so; at most so many rows.
    static func failures(_ model: ReportModel, limit: Int = 500) -> ReportTable {
        let factors = model.run.design.factors.filter { $0.levels.count > 1 }.map(\.name)
        let failed = model.findings.filter { $0.finding.verdict == .failed }
        var rows = failed.prefix(limit).map { placed -> [ReportTable.Cell] in
            factors.map { .init(placed.factors[$0] ?? "") }
                + [
                    .init(placed.finding.expected), .init(placed.finding.found), .init(placed.finding.detail),
                ]
        }
        if failed.count > limit {
            rows.append(
                [.init("… \(failed.count - limit) more in the database")] + factors.dropFirst().map { _ in .init("") }
                    + [.init(""), .init(""), .init("")])
        }
        return ReportTable(
            header: factors.map { Wording.title($0) } + ["Expected", "Found", "Said"], rows: rows,
            names: factors.count + 3)
    }

    /// The tables in plain words, for terminals: a sign and what was found.
    public static func words(_ model: ReportModel) -> [(title: String, header: [String], rows: [[String]])] {
        model.matrices.map { matrix in
            let rows = zip(matrix.rows, matrix.entries).map { name, entries in
                [name]
                    + entries.map { entry -> String in
                        guard let entry else { return "–" }
                        let sign =
                            switch entry.verdict {
                            case .passed: "✓ "
                            case .failed: "✗ "
                            case .shown: "· "
                            case nil: "? "
                            }
                        return sign + entry.found + (entry.often.isEmpty ? "" : " (\(entry.often))")
                    }
            }
            return (matrix.title, [model.run.design.matrix?.rows ?? ""] + matrix.columns, rows)
        }
    }

    /// What is not as expected, in plain words.
    public static func failureWords(_ model: ReportModel) -> (header: [String], rows: [[String]]) {
        let table = failures(model)
        return (table.header, table.rows.map { $0.map(\.text) })
    }

    /// How many findings there are of each sort.
    ///
    /// Such as `38 of 40 as expected, 2 not, 1 not tested.`
    public static func summary(_ model: ReportModel) -> String {
        let counts = Dictionary(grouping: model.findings, by: \.finding.verdict).mapValues(\.count)
        let (passed, failed, shown) = (counts[.passed] ?? 0, counts[.failed] ?? 0, counts[.shown] ?? 0)
        let untested = model.failures.count
        var parts = ["\(Wording.grouped(passed)) of \(Wording.grouped(passed + failed)) as expected"]
        if failed > 0 { parts.append("\(Wording.grouped(failed)) not") }
        if shown > 0 { parts.append("\(Wording.grouped(shown)) shown only") }
        if untested > 0 { parts.append("\(Wording.grouped(untested)) not tested") }
        return parts.joined(separator: ", ") + "."
    }
}
