import Quantities

/// Names come from users: each output language gets them in a form that cannot break out.
///
/// There is one function for each language, and all go by Unicode scalars or bytes. To Swift, a quote with an accent on
/// it is another Character than a quote, and CR LF is one Character that is neither CR nor LF. To those languages it is
/// not so.
enum Escape {
    /// Text for HTML and XML, in content and in quoted attributes; characters that XML 1.0 forbids and those that are
    /// not to be seen become U+FFFD.
    static func markup(_ text: String) -> String {
        scalars(of: text) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            case "\t", "\n": String(scalar)
            // Readers of XML and HTML would make a line feed of it.
            case "\r": "&#13;"
            case "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
            default: VisibleText.kind(of: scalar) == .ordinary ? String(scalar) : "\u{FFFD}"
            }
        }
    }

    /// A gnuplot string in double quotes: letters, digits, blanks and a few harmless signs as they are, every other
    /// byte as `\` and its octal number.
    ///
    /// So there is nothing in it that gnuplot could read as the end of a string, a command for a shell, a macro, or
    /// markup, and no rule of quotes to know. With `asFormat`, for names of ticks, which gnuplot reads as formats, a
    /// percent sign is two.
    static func gnuplot(_ text: String, asFormat: Bool = false) -> String {
        var result = "\""
        // gnuplot takes a digit after an octal number for a part of it.
        var isAfterNumber = false
        for byte in DrawnText.line(text).utf8 {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            let isPlain = isLetterOrDigit(byte) || " .,:()+-/_=".utf8.contains(byte)
            isAfterNumber = !isPlain || isDigit && isAfterNumber
            switch byte {
            case UInt8(ascii: "%") where asFormat: result += octal(byte) + octal(byte)
            case _ where isAfterNumber: result += octal(byte)
            default: result.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return result + "\""
    }

    /// Text within a line of Markdown, such as a cell of a table.
    static func markdown(_ text: String) -> String {
        scalars(of: VisibleText.line(text)) { scalar in
            // In GitHub's Markdown, `$` begins a formula and `~` what is struck through; `&` begins an entity.
            "\\`*_[]<>|#~$&".unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
        }
    }

    /// A line of Markdown that is text, whatever it begins with: a sign of a list or a rule, or blanks.
    static func markdownLine(_ text: String) -> String {
        let line = markdown(text).unicodeScalars.drop { $0 == " " }
        let isSign = line.first.map { "-+=".unicodeScalars.contains($0) } ?? false
        return (isSign ? "\\" : "") + String(line)
    }

    /// A block of code in Markdown, between fences that are longer than any run of backquotes in it.
    static func markdownCode(_ text: String) -> [String] {
        var longest = 0
        var run = 0
        for scalar in text.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return [fence, VisibleText.lines(text), fence]
    }

    /// A CSV field after RFC 4180; what a spreadsheet would take for a formula is defused by an apostrophe, and what
    /// is not to be seen becomes U+FFFD.
    static func csv(_ text: String) -> String {
        let field = isFormula(text) ? "'" + text : text
        let shown = scalars(of: field) { scalar in
            let isLine = scalar == "\n" || scalar == "\r" || scalar == "\t"
            return isLine || VisibleText.kind(of: scalar) != .hidden ? String(scalar) : "\u{FFFD}"
        }
        guard shown.unicodeScalars.contains(where: { "\",\n\r".unicodeScalars.contains($0) }) else { return shown }
        return "\"" + scalars(of: shown) { $0 == "\"" ? "\"\"" : String($0) } + "\""
    }

    /// A label value or a help text of the OpenMetrics text format.
    static func openMetrics(_ text: String) -> String {
        scalars(of: text) { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default:
                switch VisibleText.kind(of: scalar) {
                case .ordinary: String(scalar)
                case .space: " "
                case .hidden: "\u{FFFD}"
                }
            }
        }
    }

    /// A word argument in a command line that a person may paste; quoted when a shell would not take it as it is.
    ///
    /// What is not to be seen would act on the terminal that it is pasted into, and is written as octal numbers between
    /// `$'` and `'`, which bash, zsh and ksh read.
    static func argument(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { isLetterOrDigit($0) || "_-./:=,@%+".utf8.contains($0) }
        if isPlain, !text.isEmpty { return text }
        guard text.unicodeScalars.contains(where: { VisibleText.kind(of: $0) != .ordinary }) else {
            return "'" + scalars(of: text) { $0 == "'" ? "'\\''" : String($0) } + "'"
        }
        let bytes = text.utf8.map { isLetterOrDigit($0) ? String(Unicode.Scalar($0)) : octal($0) }
        return "$'" + bytes.joined() + "'"
    }

    /// A file name part: lower-case letters, digits, dots, dashes and underscores.
    static func fileName(_ text: String) -> String {
        var result: [UInt8] = []
        for scalar in text.lowercased().unicodeScalars.prefix(4_096) {
            let byte = UInt8(exactly: scalar.value) ?? 0
            // A dot in front would hide the file.
            if isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") && !result.isEmpty {
                result.append(byte)
            } else if !result.isEmpty, result.last != UInt8(ascii: "-") {
                result.append(UInt8(ascii: "-"))
            }
        }
        while result.last == UInt8(ascii: "-") { result.removeLast() }
        // A file's name has at most 255 bytes; this is a part of one.
        return result.isEmpty ? "unnamed" : String(decoding: result.prefix(80), as: UTF8.self)
    }

    /// Text on one line without anything that is not to be seen.
    static func oneLine(_ text: String) -> String { VisibleText.line(text) }

    private static func scalars(of text: String, _ write: (Unicode.Scalar) -> String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { result += write(scalar) }
        return result
    }

    /// Whether a spreadsheet would calculate.
    ///
    /// It does at the signs of formulas, also in their wide forms, and behind what it cuts off before it looks. A
    /// number is no formula.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else {
            return false
        }
        let isNumeric = text.utf8.allSatisfy {
            isLetterOrDigit($0) && ($0 <= UInt8(ascii: "9") || $0 | 0x20 == UInt8(ascii: "e"))
                || "+-.".utf8.contains($0)
        }
        return !(isNumeric && Double(text) != nil)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func octal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
