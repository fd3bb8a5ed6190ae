import Glibc

/// A Markdown table whose columns also line up as plain text; the first column is text, all others are numbers.
struct MarkdownTable {
    private let title: String
    private let notes: [String]
    private var rows: [[String]]

    init(_ title: String, columns: [String], notes: [String] = []) {
        self.title = title
        self.notes = notes
        rows = [columns]
    }

    mutating func add(_ row: [String]) {
        rows.append(row)
    }

    /// Writes the table to standard output.
    func print() {
        let widths = rows[0].indices.map { column in
            max(3, rows.map { $0[column].count }.max() ?? 0)
        }
        let lines = rows.map { row in
            "| " + row.indices.map { padded(row[$0], widths[$0], toRight: $0 > 0) }.joined(separator: " | ") + " |"
        }
        let rule = widths.indices.map { index in
            String(repeating: "-", count: widths[index] - 1) + (index > 0 ? ":" : "-")
        }
        Swift.print("### \(title)\n")
        for note in notes { Swift.print("\(note)\n") }
        Swift.print(lines[0])
        Swift.print("| " + rule.joined(separator: " | ") + " |")
        for line in lines.dropFirst() { Swift.print(line) }
        Swift.print("")
        fflush(nil)
    }

    private func padded(_ text: String, _ width: Int, toRight: Bool) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return toRight ? space + text : text + space
    }
}
