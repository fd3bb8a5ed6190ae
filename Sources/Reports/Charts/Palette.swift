/// The colours of the levels of the compared factor: Okabe and Ito's set (2008), told apart by colour-blind readers.
///
/// A level has the same colour in every picture, fixed by its place in the design; the baseline is grey. Beyond seven
/// levels they come again, lighter and with another line pattern and point.
public struct Palette: Sendable, Equatable {
    /// What one level is drawn with.
    public struct Style: Sendable, Equatable {
        /// The colour as `#rrggbb`.
        public let colour: String
        /// gnuplot's dash type, 1 for a solid line.
        public let dash: Int
        /// gnuplot's point type.
        public let point: Int
    }

    /// Ink for text and axes.
    static let ink = "#222222"
    /// Ink for what stands back.
    static let quietInk = "#5f5f5f"
    /// Grid lines.
    static let grid = "#e2e2e2"
    /// The baseline's colour.
    static let baseline = "#8a8a8a"
    // Yellow is left out: it cannot be read on white.
    private static let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]

    private let styles: [String: Style]

    /// The palette of a design's levels, the baseline first among them when there is one.
    public init(levels: [String], baseline: String?) {
        var styles: [String: Style] = [:]
        var next = 0
        for level in levels where styles[level] == nil {
            if level == baseline {
                styles[level] = Style(colour: Self.baseline, dash: 2, point: 5)
            } else {
                let round = next / Self.colours.count
                let colour = Self.colours[next % Self.colours.count]
                styles[level] = Style(
                    colour: round == 0 ? colour : Self.tint(colour, 0.55), dash: 1 + (round * 2) % 5,
                    point: [7, 9, 11, 13][round % 4]
                )
                next += 1
            }
        }
        self.styles = styles
    }

    /// The style of a level; grey for one that the design does not know.
    public func style(of level: String) -> Style {
        styles[level] ?? Style(colour: Self.baseline, dash: 1, point: 7)
    }

    /// A colour mixed with white: 1 keeps it, 0 is white.
    ///
    /// Solid, so that grid lines do not shine through.
    static func tint(_ colour: String, _ share: Double) -> String {
        let channels = stride(from: 1, to: 7, by: 2).map { start -> Int in
            let text = colour.dropFirst(start).prefix(2)
            return Int((Double(Int(text, radix: 16) ?? 255) * share + 255 * (1 - share)).rounded())
        }
        return "#" + channels.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
