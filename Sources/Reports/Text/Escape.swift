/// Names come from users: each output language gets them in a form that cannot break out.
enum Escape {
    /// Text for HTML and XML, in content and in quoted attributes; characters that XML 1.0 forbids become U+FFFD.
    static func markup(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case _
            where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A single-quoted gnuplot string, in which gnuplot expands neither backquotes nor macros.
    static func gnuplot(_ text: String) -> String {
        "'" + oneLine(text).replacing("'", with: "''") + "'"
    }

    /// A cell of a Markdown table.
    static func markdown(_ text: String) -> String {
        var result = ""
        for character in oneLine(text) {
            if "\\`*_[]<>|#".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// A CSV field after RFC 4180; a leading formula sign is defused, since spreadsheets would run it.
    static func csv(_ text: String) -> String {
        let isNumber = Double(text) != nil
        let text = !isNumber && "=+-@\t\r".contains(text.first ?? " ") ? "'" + text : text
        guard text.contains(where: { "\",".contains($0) || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// A label value of the OpenMetrics text format.
    static func openMetrics(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            .replacing("\r", with: " ")
    }

    /// A word argument in a command line that a person may paste; quoted when a shell would not take it as it is.
    static func argument(_ text: String) -> String {
        let safe = text.unicodeScalars.allSatisfy {
            $0.isASCII
                && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-./:=,@%+".unicodeScalars.contains($0))
        }
        return safe && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// A file name part: lower-case letters, digits, dots, dashes and underscores.
    static func fileName(_ text: String) -> String {
        var result = ""
        for scalar in text.lowercased().unicodeScalars {
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            if isPlain || scalar == "_" || scalar == "." && !result.isEmpty {
                result.unicodeScalars.append(scalar)
            } else if !result.isEmpty, result.last != "-" {
                result.append("-")
            }
        }
        while result.last == "-" { result.removeLast() }
        return result.isEmpty ? "unnamed" : String(result.prefix(80))
    }

    /// Text on one line without control characters.
    static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
