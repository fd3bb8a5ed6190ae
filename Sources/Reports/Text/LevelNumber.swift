/// A level's text read as a number: `100`, `1.5`, `10k`, `64KiB`, `100Mbit`, `250ms`, `5%`, `5000/s`.
struct LevelNumber: Sendable, Equatable {
    /// The number in the unit.
    let value: Double
    /// The base unit: `1`, `B`, `bit/s`, `s`, `ratio` or `1/s`.
    let unit: String

    /// Reads a text; nil when it is no finite decimal number with a unit that is known, or none.
    init?(_ text: String) {
        let text = text.filter { !$0.isWhitespace }
        let sign = text.hasPrefix("-") ? "-" : ""
        let digits = text.dropFirst(sign.count).prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let rest = String(text.dropFirst(sign.count + digits.count))
        guard
            digits.first?.isNumber == true, let number = Double(sign + digits), let unit = Self.units[rest],
            (number * unit.factor).isFinite
        else { return nil }
        value = number * unit.factor
        self.unit = unit.base
    }

    private static let units: [String: (base: String, factor: Double)] = [
        "": ("1", 1), "k": ("1", 1e3), "M": ("1", 1e6),
        "B": ("B", 1), "KiB": ("B", 1024), "MiB": ("B", 1_048_576), "GiB": ("B", 1_073_741_824),
        "kB": ("B", 1e3), "MB": ("B", 1e6), "GB": ("B", 1e9),
        "bit": ("bit/s", 1), "Kbit": ("bit/s", 1e3), "Mbit": ("bit/s", 1e6), "Gbit": ("bit/s", 1e9),
        "bit/s": ("bit/s", 1), "Kbit/s": ("bit/s", 1e3), "Mbit/s": ("bit/s", 1e6), "Gbit/s": ("bit/s", 1e9),
        "ns": ("s", 1e-9), "us": ("s", 1e-6), "µs": ("s", 1e-6), "ms": ("s", 1e-3), "s": ("s", 1), "m": ("s", 60),
        "h": ("s", 3600), "%": ("ratio", 0.01), "/s": ("1/s", 1), "/m": ("1/s", 1 / 60),
    ]
}
