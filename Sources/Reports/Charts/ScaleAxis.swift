/// The axis of sizes: the levels of the scale as ticks, as many as fit.
struct ScaleAxis {
    let low: Double
    let high: Double
    private let scale: FactorScale
    private let isLogarithmic: Bool
    /// The width of the plot in points.
    private let width: Double

    init(scale: FactorScale, isLogarithmic: Bool, width: Double) {
        self.scale = scale
        self.isLogarithmic = isLogarithmic
        self.width = width
        let least = scale.levels.first?.value ?? 0
        let most = scale.levels.last?.value ?? 1
        // 4 % on either side: marks of the outer levels do not touch the frame.
        if isLogarithmic {
            let room = Logarithm.exponential(Logarithm.natural(most / least) * 0.04)
            low = least / room
            high = most * room
        } else {
            let room = (most - least) * 0.04
            low = least - room
            high = most + room
        }
    }

    /// How far along the axis a size lies, from 0 to 1.
    func share(_ size: Double) -> Double {
        isLogarithmic
            ? Logarithm.natural(size / low) / Logarithm.natural(high / low) : (size - low) / (high - low)
    }

    var commands: [String] {
        let factor = ChartTheme.fit(scale.factor, width: ChartTheme.width / 3, size: ChartTheme.textSize)
        let title = factor + (isLogarithmic ? " (log scale)" : "")
        return (isLogarithmic ? ["set logscale x 10"] : []) + [
            PlotText.range("x", low, high), PlotText.ticks(ticks),
            "set xlabel \(Escape.gnuplot(title)) offset 0,0.2 font ',\(ChartTheme.textSize)' "
                + "textcolor rgb '\(Palette.ink)'",
        ]
    }

    /// The smallest and the largest level always, others from the right where their names do not meet.
    var ticks: [(text: String, at: Double)] {
        var kept: [(text: String, at: Double)] = []
        var left = Double.infinity
        guard let first = scale.levels.first else { return [] }
        let end = share(first.value) * width + half(first.text) + 5
        for level in scale.levels.reversed() {
            let place = share(level.value) * width
            let fits = place + half(level.text) + 5 <= left && (level == first || place - half(level.text) >= end)
            guard fits || level == first else { continue }
            kept.append((text: level.text, at: level.value))
            left = place - half(level.text)
        }
        return kept.reversed()
    }

    private func half(_ text: String) -> Double { ChartTheme.width(of: text, size: ChartTheme.smallSize) / 2 }
}
