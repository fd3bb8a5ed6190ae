/// Finds what looks like a key in the text of a file: a word in front of a colon, quoted or not.
///
/// What only looks like one, in a comment or in a longer text, may be found, too.
struct KeyPlaces {
    private let scalars: [Unicode.Scalar]

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// Where these keys stand, without their quotation marks, in the order of the text.
    func ranges(of isWanted: (String) -> Bool) -> [(range: Range<Int>, name: String)] {
        var found: [(range: Range<Int>, name: String)] = []
        var lineStart = 0
        for (index, scalar) in scalars.enumerated() {
            if Self.isBreak(scalar) { lineStart = index + 1 }
            guard scalar == ":", let range = key(before: index, from: max(lineStart, found.last?.range.upperBound ?? 0))
            else { continue }
            let name = String(String.UnicodeScalarView(scalars[range]))
            if isWanted(name) { found.append((range, name)) }
        }
        return found
    }

    private func key(before colon: Int, from start: Int) -> Range<Int>? {
        var end = colon
        while end > start, scalars[end - 1] == " " || scalars[end - 1] == "\t" { end -= 1 }
        guard end > start else { return nil }
        let last = scalars[end - 1]
        if last == "\"" || last == "'" {
            guard let opening = scalars[start..<end - 1].lastIndex(of: last) else { return nil }
            return opening + 1..<end - 1
        }
        let before = scalars[start..<end].lastIndex { "{[, ".unicodeScalars.contains($0) }
        return (before.map { $0 + 1 } ?? start)..<end
    }

    // The line breaks of YAML 1.1, by which the parser counts lines.
    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }
}
