import Contract
import Statistics

/// A report table in HTML.
enum HTMLTable {
    static func text(_ table: ReportTable) -> String {
        guard !table.rows.isEmpty else { return "<p>None recorded.</p>\n" }
        let hasNumbers = table.names < table.header.count
        var text = "<div class=\"wide\"><table\(hasNumbers ? " class=\"numbers\"" : "")>\n<thead><tr>"
        for (index, name) in table.header.enumerated() {
            text += index < table.names ? "<th>" : "<th class=\"n\">"
            text += Escape.markup(name) + "</th>"
        }
        text += "</tr></thead>\n<tbody>\n"
        var last: [ReportTable.Cell] = []
        for row in table.rows {
            // A line between metrics lets the eye find them.
            text +=
                hasNumbers && !last.isEmpty && table.names > 1 && row[0].text != last[0].text
                ? "<tr class=\"first\">" : "<tr>"
            for (index, cell) in row.enumerated() { text += self.cell(cell, isNumber: index >= table.names) }
            text += "</tr>\n"
            last = row
        }
        return text + "</tbody></table></div>\n"
    }

    private static func cell(_ cell: ReportTable.Cell, isNumber: Bool) -> String {
        let classes = (isNumber ? ["n"] : []) + (cell.isMissing ? ["missing"] : [])
        var text = classes.isEmpty ? "<td>" : "<td class=\"\(classes.joined(separator: " "))\">"
        text += Escape.markup(cell.text)
        if let verdict = cell.verdict { text += " " + chip(verdict) }
        if let verdict = cell.conformance { text += chip(verdict) }
        if let found = cell.finding { text += chip(found) }
        if !cell.detail.isEmpty { text += "<small>\(Escape.markup(cell.detail))</small>" }
        return text + "</td>"
    }

    /// A verdict as a word and a sign, so that colour is not needed to read it.
    private static func chip(_ verdict: Verdict) -> String {
        let (style, sign) =
            switch verdict {
            case .improved: ("improved", "▲")
            case .regressed: ("regressed", "▼")
            case .unchanged: ("unchanged", "=")
            case .inconclusive: ("inconclusive", "?")
            case .notComparable: ("incomparable", "≠")
            }
        return "<b class=\"\(style)\">\(sign) \(Escape.markup(verdict.rawValue))</b>"
    }

    private static func chip(_ found: ReportTable.Found) -> String {
        let (style, sign) =
            switch found.verdict {
            case .passed: ("conforms", "✓")
            case .failed: ("deviates", "✗")
            case .shown: ("unchanged", "·")
            }
        return "<b class=\"\(style)\">\(sign) \(Escape.markup(found.words))</b>"
    }

    private static func chip(_ verdict: ConformanceFinding.Verdict) -> String {
        let (style, sign) =
            switch verdict {
            case .conforms: ("conforms", "✓")
            case .deviates: ("deviates", "✗")
            case .notApplicable: ("unchanged", "–")
            }
        return "<b class=\"\(style)\">\(sign) \(Escape.markup(verdict.rawValue))</b>"
    }
}
