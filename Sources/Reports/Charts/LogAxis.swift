import Statistics

/// Ticks of a logarithmic axis of time in nanoseconds: 1, 2 and 5 of each decade, with their units.
enum LogAxis {
    static func ticks(low: Double, high: Double, width: Double) -> String {
        for mantissas in [[1.0, 2, 5], [1.0, 3], [1.0]] {
            let ticks = values(mantissas, low: low, high: high)
            let texts = ticks.map { text($0) }
            let widest = texts.map { ChartTheme.width(of: $0, size: ChartTheme.smallSize) }.max() ?? 0
            let decades = log10Distance(low, high)
            // The smallest distance of two ticks in decades: from 1 to 2 it is log10 2, from 1 to 3 log10 3.
            let nearest = mantissas.count == 3 ? 0.301 : mantissas.count == 2 ? 0.477 : 1.0
            guard decades > 0 else { break }
            if ticks.count < 2 { continue }
            if widest + 8 <= width / decades * nearest || mantissas.count == 1 {
                return PlotText.ticks(ticks.map { (text: text($0), at: $0) })
            }
        }
        // No choice has two ticks that fit: crowded ones are better than none.
        return PlotText.ticks(values([1, 2, 5], low: low, high: high).prefix(4).map { (text: text($0), at: $0) })
    }

    static func text(_ nanoseconds: Double) -> String {
        switch nanoseconds {
        case ..<1e3: NumberText.fixed(nanoseconds, decimals: 0) + " ns"
        case ..<1e6: NumberText.fixed(nanoseconds / 1e3, decimals: 0) + " µs"
        case ..<1e9: NumberText.fixed(nanoseconds / 1e6, decimals: 0) + " ms"
        default: NumberText.fixed(nanoseconds / 1e9, decimals: 0) + " s"
        }
    }

    private static func values(_ mantissas: [Double], low: Double, high: Double) -> [Double] {
        var decade = 1.0
        var result: [Double] = []
        while decade <= high, decade < 1e12 {
            result += mantissas.map { $0 * decade }.filter { $0 >= low && $0 <= high }
            decade *= 10
        }
        return result
    }

    private static func log10Distance(_ low: Double, _ high: Double) -> Double {
        guard low > 0, high > low else { return 0 }
        return Logarithm.base10(high / low)
    }
}
