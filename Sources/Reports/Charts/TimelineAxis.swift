import Contract
import Statistics

/// The axes of timelines, alike in all panels: seconds, latency on a logarithmic axis, failures on the right.
struct TimelineAxis {
    private let end: Double
    private let low: Double
    private let high: Double
    private let mostFailed: Double

    init(_ timelines: [Timeline]) {
        let bins = timelines.flatMap(\.bins)
        let times = bins.flatMap { [$0.p50, $0.p99] }.compactMap { $0 }.filter { $0 > 0 && $0.isFinite }
        let ends = timelines.compactMap { timeline in timeline.bins.map(\.at).max().map { $0 + timeline.binSeconds } }
        end = ends.filter { $0.isFinite && $0 > 0 }.max() ?? 1
        low = (times.min() ?? 1e-5) / 1.4
        high = (times.max() ?? 1e-3) * 1.4
        mostFailed = Double(bins.map { max($0.failed, $0.deadPackets ?? 0) }.max() ?? 0)
    }

    /// A latency kept on the axis.
    func held(_ value: Double) -> Double { min(max(value, low), high) }

    func commands(height: Double) -> [String] {
        let top = max(mostFailed, 1)
        return [
            PlotText.range("x", 0, end), "set xtics autofreq scale 0",
            "set xlabel 'seconds from the start of the churn' offset 0,0.2 font ',\(ChartTheme.textSize)' "
                + "textcolor rgb '\(Palette.ink)'",
            // Failures take the lower third, so that latency stays readable above them.
            PlotText.range("y2", 0, top * 3),
            "set y2tics (0, \(NumberText.fixed(top, decimals: 0))) scale 0 "
                + "textcolor rgb '\(Palette.ink)' font ',\(ChartTheme.smallSize)'",
            "set y2label 'count' offset character -1.5,0 font ',\(ChartTheme.textSize)' textcolor rgb '\(Palette.ink)'",
            "set border 11",
        ] + ValueAxis(low: low, high: high, unit: "s").commands(height: height)
    }
}
