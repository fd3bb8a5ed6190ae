import Statistics

/// A logarithmic axis of ratios around 1, wide enough for all intervals.
struct RatioAxis {
    let low: Double
    let high: Double
    private let width: Double

    init(_ comparisons: [Comparison], width: Double) {
        let ends = comparisons.flatMap { [$0.ratio, $0.interval?.lower, $0.interval?.upper] }
            .compactMap { $0 }.filter { $0 > 0 && $0.isFinite }
        // Never narrower, or a change of a percent would fill the picture; never wider than four decades each way.
        low = max(min(0.88, (ends.min() ?? 1) * 0.93), 1e-4)
        high = min(max(1.14, (ends.max() ?? 1) * 1.08), 1e4)
        self.width = width
    }

    /// Axis commands with as many ticks as fit.
    var commands: [String] {
        let steps: [[Double]] = [
            [0.8, 0.9, 1, 1.1, 1.2], [0.7, 0.8, 1, 1.2, 1.5], [0.5, 0.7, 1, 1.4, 2], [0.5, 1, 2], [0.25, 0.5, 1, 2, 4],
            [0.5, 1, 2, 5], [0.3, 1, 3], [0.2, 1, 5],
            [0.25, 1, 4], [0.1, 1, 10], [0.01, 0.1, 1, 10, 100], [0.01, 1, 100],
        ]
        let span = Logarithm.natural(high / low)
        func fits(_ ticks: [Double], least: Int) -> Bool {
            let shown = ticks.filter { $0 >= low && $0 <= high }
            let nearest = zip(shown, shown.dropFirst()).map { Logarithm.natural($1 / $0) }.min() ?? span
            // Sparse ticks that leave the outer thirds of the axis bare say too little.
            let covers =
                Logarithm.natural((shown.first ?? 1) / low) <= span * 0.35
                && Logarithm.natural(high / (shown.last ?? 1)) <= span * 0.35
            return shown.count >= least && covers && nearest / span * width > 27
        }
        // Two ticks leave it open whether the axis is logarithmic.
        let fitting = steps.first { fits($0, least: 3) } ?? steps.first { fits($0, least: 2) }
        let ticks = (fitting ?? [0.01, 0.1, 1, 10, 100]).filter { $0 >= low && $0 <= high }
        return [
            "set logscale x 10", PlotText.range("x", low, high),
            PlotText.ticks(ticks.map { (text: Self.text($0), at: $0) }),
        ]
    }

    private static func text(_ ratio: Double) -> String {
        let text = NumberText.fixed(ratio, decimals: 2)
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text.hasSuffix("0") ? String(text.dropLast()) : text
    }
}
