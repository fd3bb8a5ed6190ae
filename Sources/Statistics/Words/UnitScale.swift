/// A multiple of an SI unit that brings a number into the range that people read: `9.41 Gbit/s` for `9.41e9 bit/s`.
public struct UnitScale: Sendable, Equatable {
    /// What a number in the base unit is multiplied by.
    public let factor: Double
    /// The symbol of the scaled unit; empty for a plain count.
    public let symbol: String

    /// A scale with a symbol of one's own, for what `fitting` has none for.
    public init(factor: Double, symbol: String) {
        self.factor = factor
        self.symbol = symbol
    }

    /// The scale in which `magnitude`, given in `unit`, has one to three digits before the point.
    ///
    /// Times become ns, µs or ms; bits and bytes take decimal prefixes; `1/s` takes powers of ten; `ratio` becomes
    /// percent. Other units stay as they are.
    public static func fitting(_ magnitude: Double, unit: String) -> UnitScale {
        let size = magnitude.isFinite ? magnitude.magnitude : 0
        let parts = unit.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let head = String(parts.first ?? "")
        let tail = parts.count > 1 ? "/" + parts[1] : ""
        switch head {
        case "ratio": return UnitScale(factor: 100, symbol: "%")
        case "count": return UnitScale(factor: 1, symbol: String(tail))
        case "s" where size > 0:
            let steps: [(Double, String)] = [(1e-6, "ns"), (1e-3, "µs"), (1, "ms")]
            guard let step = steps.first(where: { size < $0.0 * 0.99995 }) else { break }
            return UnitScale(factor: 1e3 / step.0, symbol: step.1 + tail)
        case "bit", "B":
            let steps: [(Double, String)] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
            guard let step = steps.first(where: { size >= $0.0 * 0.99995 }) else { break }
            return UnitScale(factor: 1 / step.0, symbol: step.1 + head + tail)
        case "1" where !tail.isEmpty:
            if size >= 1e6 { return UnitScale(factor: 1e-6, symbol: "10⁶" + tail) }
            if size >= 1e4 { return UnitScale(factor: 1e-3, symbol: "10³" + tail) }
        default: break
        }
        return UnitScale(factor: 1, symbol: unit == "1" ? "" : unit)
    }

    /// A number in the base unit, scaled, with its unit.
    public func text(_ value: Double) -> String {
        symbol.isEmpty ? number(value) : number(value) + " " + symbol
    }

    /// A number in the base unit, scaled, without its unit.
    public func number(_ value: Double) -> String {
        NumberText.significant(value * factor)
    }
}
