import Quantities

/// A level's text read as a number: `100`, `1.5`, `10k`, or a quantity as resources spell it, such as `64KiB` or
/// `250ms`.
struct LevelNumber: Sendable, Equatable {
    /// The number in the unit.
    let value: Double
    /// The base unit: `1`, `B`, `bit/s`, `s`, `ratio` or `1/s`.
    let unit: String

    /// Reads a text; nil when it is no finite decimal number with a unit that is known, or none.
    init?(_ text: String) {
        let text = text.filter { !$0.isWhitespace }
        let found: (value: Double, unit: String)? =
            Self.count(text).map { ($0, "1") } ?? (try? ByteCount(parsing: text)).map { (Double($0.bytes), "B") }
            ?? (try? BitRate(parsing: text)).map { ($0.bitsPerSecond, "bit/s") }
            ?? (try? TimeSpan(parsing: text)).map { ($0.seconds, "s") }
            ?? (try? Ratio(parsing: text)).map { ($0.fraction, "ratio") }
            ?? (try? EventRate(parsing: text)).map { ($0.perSecond, "1/s") }
        guard let found, found.value.isFinite else { return nil }
        (value, unit) = found
    }

    /// A plain number, perhaps of thousands or millions.
    private static func count(_ text: String) -> Double? {
        let factors: [Character: Double] = ["k": 1e3, "M": 1e6]
        let factor = text.last.flatMap { factors[$0] }
        let number = factor == nil ? text : String(text.dropLast())
        let digits = number.hasPrefix("-") ? number.dropFirst() : number[...]
        guard digits.first?.isNumber == true, digits.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }) else {
            return nil
        }
        return Double(number).map { $0 * (factor ?? 1) }
    }
}
