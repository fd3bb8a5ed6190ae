import JSON

/// Takes a template apart into plain text and placeholders.
struct TemplateScanner {
    /// A piece of one line.
    struct Part {
        let scalars: ArraySlice<Unicode.Scalar>
        let position: JSONPosition
        let isPlaceholder: Bool
        /// What stands between the braces; nil when they do not end.
        var name: String?

        var text: String { String(String.UnicodeScalarView(scalars)) }
    }

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var (line, column) = (1, 1)

    init(_ template: String) {
        scalars = Array(template.unicodeScalars)
    }

    /// The next piece; plain text ends at a placeholder and behind a line break.
    mutating func next() -> Part? {
        guard index < scalars.count else { return nil }
        let position = JSONPosition(line: line, column: column)
        let start = index
        if isDouble("{", at: index) {
            let end = closing(from: index + 2)
            index = end.map { $0 + 2 } ?? index + 2
            column += index - start
            let name = end.map { String(String.UnicodeScalarView(scalars[start + 2..<$0])) }
            return Part(scalars: scalars[start..<index], position: position, isPlaceholder: true, name: name)
        }
        while index < scalars.count, !isDouble("{", at: index) {
            index += 1
            column += 1
            if isLineEnd(before: index) {
                (line, column) = (line + 1, 1)
                break
            }
        }
        return Part(scalars: scalars[start..<index], position: position, isPlaceholder: false)
    }

    private func isDouble(_ brace: Unicode.Scalar, at index: Int) -> Bool {
        index + 1 < scalars.count && scalars[index] == brace && scalars[index + 1] == brace
    }

    private func closing(from start: Int) -> Int? {
        var index = start
        while index < scalars.count, !"\r\n".unicodeScalars.contains(scalars[index]) {
            if isDouble("}", at: index) { return index }
            index += 1
        }
        return nil
    }

    /// As JSON counts lines: a carriage return and a line feed are one end.
    private func isLineEnd(before index: Int) -> Bool {
        switch scalars[index - 1] {
        case "\n": true
        case "\r": index == scalars.count || scalars[index] != "\n"
        default: false
        }
    }
}
