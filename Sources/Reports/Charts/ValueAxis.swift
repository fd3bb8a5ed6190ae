import Contract
import Statistics

/// The axis of a metric's values: from 0 when it is linear, in decades when it is logarithmic.
struct ValueAxis {
    private let isLogarithmic: Bool
    private let unit: String
    /// In the metric's unit.
    private let low: Double
    private let high: Double
    private let scale: UnitScale

    /// An axis that holds all curves of some panels, whose metrics have one unit, and other values beside them.
    init(sets: [CurveSet], others: [Double] = []) {
        let points = sets.flatMap(\.curves).flatMap(\.points)
        let medians = points.compactMap(\.median)
        let ends = points.compactMap(\.interval).flatMap { [$0.lower, $0.upper] }
        let least = (medians + ends + others).min() ?? 0
        let most = (medians + ends + others).max() ?? 1
        isLogarithmic = sets.first?.axes.isYLogarithmic ?? false
        unit = sets.first?.metric.unit ?? "1"
        if isLogarithmic {
            low = least / 1.5
            high = most * 1.8
        } else {
            low = min(0, least * 1.12)
            high = most > 0 ? most * 1.16 : least < 0 ? 0 : 1
        }
        scale = isLogarithmic ? UnitScale(factor: 1, symbol: "") : UnitScale.fitting(max(most, -least), unit: unit)
    }

    /// A logarithmic axis.
    init(low: Double, high: Double, unit: String) {
        isLogarithmic = true
        self.unit = unit
        self.low = low
        self.high = high
        scale = UnitScale(factor: 1, symbol: "")
    }

    /// Where a value lies in the numbers that gnuplot is given.
    func place(_ value: Double) -> Double { (isLogarithmic ? max(value, low) : value) * scale.factor }

    /// How far up the axis a value lies, from 0 to 1.
    func share(_ value: Double) -> Double {
        isLogarithmic
            ? Logarithm.natural(max(value, low) / low) / Logarithm.natural(high / low) : (value - low) / (high - low)
    }

    func commands(height: Double) -> [String] {
        let range = PlotText.range("y", low * scale.factor, high * scale.factor)
        guard isLogarithmic else { return [range, ChartCaption.yLabel(scale)] }
        let places = ticks(height: height)
        let named = places.map { (text: Self.text($0, unit: unit), at: $0) }
        let symbols = UnitScale.fitting(high, unit: unit)
        // Ticks carry their units, since those change along the axis, unless that takes too much room.
        let isNarrow = named.allSatisfy { ChartTheme.width(of: $0.text, size: ChartTheme.smallSize) <= 50 }
        let plain = places.map { (text: Self.short($0 * symbols.factor), at: $0) }
        let label = isNarrow ? "log scale" : symbols.symbol.isEmpty ? "log scale" : "\(symbols.symbol) (log scale)"
        return [
            "set logscale y 10", range, PlotText.ticks(isNarrow ? named : plain, axis: "y"),
            // Ticks with units are wide.
            ChartCaption.yLabel(UnitScale(factor: 1, symbol: label), offset: 0.4),
        ]
    }

    /// 1, 2 and 5 of each decade where there is room, else 1 and 3, else 1, of every other decade where there are many.
    private func ticks(height: Double) -> [Double] {
        let first = Int(Logarithm.base10(low).rounded(.up))
        let last = Int(Logarithm.base10(high).rounded(.down))
        let room = height / Logarithm.base10(high / low)
        // The nearest ticks are 0.301 or 0.477 decades apart: 22 points in either case, as many as a line of text takes.
        let mantissas = room >= 75 ? ["1", "2", "5"] : room >= 46 ? ["1", "3"] : ["1"]
        let step = max(1, Int((22 / room).rounded(.up)))
        // The decade before `low` may still have its 2 and its 5 on the axis.
        let ticks = stride(from: first - 1, through: max(last, first - 1), by: step).flatMap { exponent in
            // A number that is exactly what its text says.
            mantissas.map { Double("\($0)e\(exponent)") ?? .nan }
        }.filter { $0 >= low && $0 <= high }
        return ticks.isEmpty ? [low, high] : ticks
    }

    /// `300 µs`, `1 ms`, `10 kbit/s`.
    private static func text(_ value: Double, unit: String) -> String {
        let scale = UnitScale.fitting(value, unit: unit)
        let number = short(value * scale.factor)
        return scale.symbol.isEmpty ? number : number + " " + scale.symbol
    }

    /// Without the zeros that `significant` keeps.
    private static func short(_ value: Double) -> String {
        let text = NumberText.significant(value)
        guard text.contains("."), !text.contains("e") else { return text }
        let kept = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(kept.reversed())
    }
}
