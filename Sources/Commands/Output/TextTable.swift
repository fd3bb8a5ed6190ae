import Quantities

/// A table for a terminal: columns as wide as their widest cell, numbers to the right; every row is one line.
struct TextTable: Sendable, Equatable {
    enum Alignment: Sendable, Equatable {
        case left
        case right
    }

    struct Column: Sendable, Equatable {
        let title: String
        let alignment: Alignment

        init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title.uppercased()
            self.alignment = alignment
        }

        /// A column that is headed by a name, which is written as it is.
        init(named name: String) {
            title = VisibleText.line(name)
            alignment = .left
        }
    }

    let columns: [Column]
    let rows: [[String]]

    init(_ columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows.map { $0.map(VisibleText.line) }
    }

    /// The lines, each with its end; two blanks between columns, none at the end of a line.
    var text: String {
        let widths = columns.indices.map { index in
            ([columns[index].title] + rows.map { $0[index] }).map(\.count).max() ?? 0
        }
        return ([columns.map(\.title)] + rows).map { line($0, widths) }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: widths[index] - cell.count)
            line += columns[index].alignment == .right ? padding + cell : cell + padding
            line += "  "
        }
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }
}
