/// Finds what looks like a key in the text of a file: a word in front of a colon, quoted or not.
///
/// What only looks like one, in a comment or in a longer text, may be found, too.
struct KeyPlaces {
    private let scalars: [Unicode.Scalar]

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// Where these keys stand, without their quotation marks, in the order of the text.
    func ranges(of keys: Set<String>) -> [(range: Range<Int>, name: String)] {
        let longest = keys.map(\.unicodeScalars.count).max() ?? 0
        var found: [(range: Range<Int>, name: String)] = []
        var lineStart = 0
        for (index, scalar) in scalars.enumerated() {
            if Self.isBreak(scalar) { lineStart = index + 1 }
            let start = max(lineStart, found.last?.range.upperBound ?? 0)
            guard scalar == ":", let range = key(before: index, from: start, longest: longest) else { continue }
            let name = String(String.UnicodeScalarView(scalars[range]))
            if keys.contains(name) { found.append((range, name)) }
        }
        return found
    }

    /// The word in front of a colon, unless it is longer than the longest that is looked for.
    private func key(before colon: Int, from start: Int, longest: Int) -> Range<Int>? {
        var end = colon
        while end > start, scalars[end - 1] == " " || scalars[end - 1] == "\t" { end -= 1 }
        guard end > start else { return nil }
        let last = scalars[end - 1]
        // No further back than the longest key: a line of nothing but colons would be read once for each of them.
        let nearest = max(start, end - longest - 2)
        if last == "\"" || last == "'" {
            guard let opening = scalars[nearest..<end - 1].lastIndex(of: last) else { return nil }
            return opening + 1..<end - 1
        }
        if let before = scalars[nearest..<end].lastIndex(where: Self.isSeparator) { return before + 1..<end }
        return nearest == start ? start..<end : nil
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "{", "[", ",", " ": true
        default: false
        }
    }

    // The line breaks of YAML 1.1, by which the parser counts lines.
    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }
}
