/// Keys that appeared again in their mapping, renamed in the text so that the rest of it can be read.
struct DuplicateKeys {
    private var originals: [String: String] = [:]

    var count: Int { originals.count }

    /// What a renamed key was called.
    func original(of key: String) -> String? { originals[key] }

    /// Puts letters that nobody uses in place of a key, without moving anything behind it.
    ///
    /// Answers false when the key is not written literally there, such as one with escapes.
    mutating func rename(_ key: String, atLine line: Int, column: Int, in text: inout String) -> Bool {
        guard let letter = Unicode.Scalar(0xE000 + UInt32(count)), !key.isEmpty else { return false }
        var scalars = Array(text.unicodeScalars)
        guard var start = Self.offset(ofLine: line, column: column, in: scalars) else { return false }
        if start < scalars.count, scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
        let end = start + key.unicodeScalars.count
        guard end <= scalars.count, scalars[start..<end].elementsEqual(key.unicodeScalars) else { return false }

        let replacement = [Unicode.Scalar](repeating: letter, count: end - start)
        scalars.replaceSubrange(start..<end, with: replacement)
        text = Self.string(scalars)
        originals[Self.string(replacement)] = original(of: key) ?? key
        return true
    }

    private static func offset(ofLine line: Int, column: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var currentLine = 1
        var offset = 0
        while currentLine < line {
            guard offset < scalars.count else { return nil }
            let isPair = scalars[offset] == "\r" && offset + 1 < scalars.count && scalars[offset + 1] == "\n"
            if isBreak(scalars[offset]) { currentLine += 1 }
            offset += isPair ? 2 : 1
        }
        return offset + column - 1 < scalars.count ? offset + column - 1 : nil
    }

    // The line breaks of YAML 1.1, by which the parser counts lines.
    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }

    private static func string(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
