import Quantities

/// What pictures can show: the letters and signs of DejaVu Sans, plain and bold, which pictures are set in.
///
/// gnuplot draws a frame in place of a letter that no font has, and draws it so large that it covers the picture. Which
/// other fonts are installed is not known here, so such letters become U+FFFD everywhere.
enum DrawnText {
    /// The text on one line, with U+FFFD in place of what cannot be shown.
    static func line(_ text: String) -> String {
        let scalars = VisibleText.line(text).unicodeScalars.map { isDrawn($0) ? $0 : "\u{FFFD}" }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Whether both fonts have it.
    static func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
        VisibleText.kind(of: scalar) == .ordinary && ranges.contains { $0.contains(scalar.value) }
    }

    /// Whole ranges that both fonts have (`fc-query --format '%{charset}'`, DejaVu 2.37), most used first.
    private static let ranges: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0xA0...0x2E9,
        // Accents, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian, and Latin with accents.
        0x300...0x34F, 0x391...0x3A1, 0x3A3...0x525, 0x531...0x556, 0x561...0x587, 0x5D0...0x5EA, 0x621...0x63A,
        0x10D0...0x10FC, 0x1E00...0x1EFB,
        // Punctuation, raised and lowered digits, signs of money, letters as signs, arrows, mathematics, frames, marks.
        0x2000...0x2064, 0x2074...0x208E, 0x20AC...0x20AC, 0x210B...0x2149, 0x2150...0x2185, 0x2190...0x2311,
        0x2500...0x269C, 0x270C...0x2727, 0x2761...0x2794, 0x27F0...0x28FF, 0xFE0F...0xFE0F, 0xFFFD...0xFFFD,
    ]
}
