import Contract
import Statistics

/// The axes of percentile pictures: percentiles at even distances, latency on a logarithmic axis, alike in all panels.
struct PercentileAxis {
    let ranks: [Double]
    /// In the metric's unit.
    let low: Double
    private let high: Double
    private let unit: String

    init(_ page: PercentilePage) {
        let cells = page.panels.flatMap(\.cells)
        let ours = cells.compactMap(\.median) + cells.compactMap(\.interval).flatMap { [$0.lower, $0.upper] }
        let values = (ours + page.panels.flatMap(\.published).flatMap(\.percentiles.values)).filter {
            $0 > 0 && $0.isFinite
        }
        ranks = page.ranks
        low = (values.min() ?? 1) / 1.3
        high = (values.max() ?? 10) * 1.4
        unit = cells.first?.metric.unit ?? "1"
    }

    /// Where a percentile stands; published ones that we do not have stand between ours.
    func place(_ rank: Double) -> Double {
        if let index = ranks.firstIndex(of: rank) { return Double(index) }
        return Double(ranks.count { $0 < rank }) - 0.5
    }

    func commands(height: Double) -> [String] {
        let ticks = ranks.enumerated().map { index, rank in (text: Self.text(rank), at: Double(index)) }
        return [
            PlotText.range("x", -0.3, Double(ranks.count) - 0.7), PlotText.ticks(ticks),
            "set xlabel 'percentile' offset 0,0.2 font ',\(ChartTheme.textSize)' textcolor rgb '\(Palette.ink)'",
        ] + ValueAxis(low: low, high: high, unit: unit).commands(height: height)
    }

    /// `p50`, `p99.9`.
    private static func text(_ rank: Double) -> String {
        "p" + (rank == rank.rounded() ? NumberText.fixed(rank, decimals: 0) : "\(rank)")
    }
}
