/// The one look: sizes in points of a page 800 points wide, which is drawn at twice the size for sharp screens.
enum ChartTheme {
    static let width = 800.0
    /// Pixels per point.
    static let scale = 2.0
    /// gnuplot's scale for fonts: with it the default of 10 is easy to read at 800 points.
    static let fontScale = "1.9"
    static let margin = 14.0
    static let titleSize = 13.0
    static let textSize = 10.0
    static let smallSize = 9.0
    static let tinySize = 8.0

    /// The width of a text in points, from DejaVu Sans' advance widths by class of letter, a little generous.
    static func width(of text: String, size: Double) -> Double {
        // pngcairo takes sizes as points of 96 dots an inch: size · 1.9 · 96/72 pixels, two of which are a point here.
        text.unicodeScalars.reduce(0) { $0 + em($1) } * size * 1.267
    }

    private static func em(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "l", "j", "I", ".", ",", ":", ";", "'", "|", "·", " ", "-", "(", ")", "/": 0.34
        case "r", "t", "f": 0.41
        case "m", "w", "M", "W", "%", "…", "↑", "↓": 0.95
        case "A"..."Z": 0.72
        // What cannot be shown becomes U+FFFD, which is as wide.
        case _ where scalar.value > 0x2E80 || !DrawnText.isDrawn(scalar): 1.05
        default: 0.62
        }
    }

    /// The text cut to fit a width in points, with an ellipsis.
    static func fit(_ text: String, width limit: Double, size: Double) -> String {
        guard width(of: text, size: size) > limit else { return text }
        var room = limit - width(of: "…", size: size)
        var kept = ""
        for character in text {
            room -= width(of: String(character), size: size)
            guard room >= 0 else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// The text cut in its middle to fit a width in points: names that are alike mostly differ at their ends.
    static func fitEnds(_ text: String, width limit: Double, size: Double) -> String {
        guard width(of: text, size: size) > limit else { return text }
        var room = limit - width(of: "…", size: size)
        var (head, tail) = ("", "")
        var rest = text[...]
        while !rest.isEmpty {
            let isTail = width(of: tail, size: size) < width(of: head, size: size)
            guard let character = isTail ? rest.popLast() : rest.popFirst() else { break }
            room -= width(of: String(character), size: size)
            guard room >= 0 else { break }
            if isTail { tail = String(character) + tail } else { head.append(character) }
        }
        return head + "…" + tail
    }

    /// The text broken at spaces into lines that fit a width in points.
    static func wrap(_ text: String, width limit: Double, size: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if !line.isEmpty, width(of: longer, size: size) > limit {
                lines.append(fit(line, width: limit, size: size))
                line = String(word)
            } else {
                line = longer
            }
        }
        return line.isEmpty ? lines : lines + [fit(line, width: limit, size: size)]
    }
}
