import Reports

/// Findings for a terminal: the truth table where it fits, what is not as expected, and a sentence.
struct FindingListing {
    private let model: ReportModel

    init(_ model: ReportModel) {
        self.model = model
    }

    /// The most failures that are listed; the report has them all.
    private static let limit = 50

    /// The tables and the sentence; empty without findings.
    var text: String {
        guard !model.findings.isEmpty else { return "" }
        let tables = FindingTables.words(model).filter(Self.fits).map { title, header, rows in
            (title.isEmpty ? "" : "\(title)\n")
                + TextTable(header.map { TextTable.Column(named: $0) }, rows: rows).text + "\n"
        }
        let failures = FindingTables.failureWords(model)
        var list = ""
        if !failures.rows.isEmpty {
            list =
                TextTable(failures.header.map { TextTable.Column($0) }, rows: Array(failures.rows.prefix(Self.limit)))
                .text
            if failures.rows.count > Self.limit { list += "… and \(failures.rows.count - Self.limit) more\n" }
            list += "\n"
        }
        return tables.joined() + list + FindingTables.summary(model) + "\n"
    }

    /// Whether a table can be read on a terminal of usual width.
    private static func fits(_ table: (title: String, header: [String], rows: [[String]])) -> Bool {
        let widths = table.header.indices.map { index in
            ([table.header[index]] + table.rows.map { $0[index] }).map(\.count).max() ?? 0
        }
        return widths.reduce(0) { $0 + $1 + 2 } <= 160 && table.rows.count <= 60
    }
}
