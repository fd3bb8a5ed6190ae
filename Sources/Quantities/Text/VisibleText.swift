/// Text of others, made harmless for a place that people look at: a terminal, a table, a picture.
///
/// It works on Unicode scalars. A Character may hold a control or a quote together with what follows it (`\r\n`, a
/// quote with an accent), and hides it from whoever looks for it.
public enum VisibleText {
    /// The text on one line: white space that breaks lines becomes a blank, and what else is not to be seen becomes
    /// U+FFFD, such as escape sequences and marks that turn the direction of reading.
    public static func line(_ text: String) -> String {
        guard !isPlain(text) else { return text }
        var result = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch kind(of: scalar) {
            case .ordinary: result.append(scalar)
            case .space where last == "\r" && scalar == "\n": break
            case .space: result.append(" ")
            case .hidden: result.append("\u{FFFD}")
            }
            last = scalar
        }
        return String(result)
    }

    /// The text with its lines and tabs, and otherwise as ``line(_:)`` makes it.
    public static func lines(_ text: String) -> String {
        guard !isPlain(text) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\t": result.append(scalar)
            // A line that begins again writes over what stands there.
            case "\r": continue
            case _ where kind(of: scalar) == .space: result.append(" ")
            case _ where kind(of: scalar) == .hidden: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// A JSON document with what is not to be seen written as `\u` and its number: to programs it says the same.
    ///
    /// Such characters can stand in strings only, apart from the white space between values, which stays.
    public static func json(_ document: String) -> String {
        guard !isPlain(document) else { return document }
        var result = String.UnicodeScalarView()
        for scalar in document.unicodeScalars {
            if scalar == "\n" || scalar == "\r" || scalar == "\t" || kind(of: scalar) == .ordinary {
                result.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16)
                result.append(
                    contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
            }
        }
        return String(result)
    }

    /// Whether a scalar is white space that breaks or moves a line, a hidden one, or neither.
    public enum Kind: Sendable {
        /// It is shown as itself.
        case ordinary
        /// A blank says the same.
        case space
        /// It does something other than being seen.
        case hidden
    }

    /// What a scalar does to those who look at it.
    public static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x09...0x0D, 0x85, 0x2028, 0x2029: .space
        case 0x00...0x1F, 0x7F...0x9F: .hidden
        // Marks, embeddings, overrides and isolates of direction (UAX 9), and interlinear annotation.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: .hidden
        default: .ordinary
        }
    }

    /// Most texts are: ASCII that can be seen.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
