import Contract
import Statistics

/// The boxes and points of one place, a level beside the other.
struct BoxPanel {
    let metric: Metric
    let cells: [Cell]
    let axis: GroupedAxis
    let palette: Palette
    let isNumbered: Bool

    func panel(title: String) -> ChartPage.Panel {
        let all = cells.flatMap(\.values)
        let scale = UnitScale.fitting(all.map(\.magnitude).max() ?? 0, unit: metric.unit)
        let ticks = cells.enumerated().map { index, cell in
            (text: isNumbered ? "\(index + 1)" : cell.level, at: Double(index))
        }
        var commands = [
            PlotText.range("x", axis.low, axis.high), PlotText.ticks(ticks), ChartCaption.yLabel(scale),
            range(of: all, scale: scale),
        ]
        var plots: [String] = []
        for (index, cell) in cells.enumerated() {
            let colour = palette.style(of: cell.level).colour
            guard !cell.values.isEmpty else {
                commands.append(axis.missing(cell, x: Double(index), colour: colour))
                continue
            }
            let values = cell.values.map { $0 * scale.factor }
            commands += PlotText.block("box\(index)", [[Double(index)] + Self.box(values)])
            commands += PlotText.block("points\(index)", points(values, x: Double(index)))
            plots += [
                PlotText.whiskers("box\(index)", "1:2:(0):($6-$2)", width: 2.5, colour: colour),
                "$box\(index) using 1:4:($1-0.34):($1+0.34):3:5 with boxxyerror fillstyle solid 1 noborder "
                    + "lc rgb '\(Palette.tint(colour, 0.3))'",
                "$box\(index) using ($1-0.34):4:(0.68):(0) with vectors nohead lw 6 lc rgb '\(colour)'",
                "$points\(index) using 1:2 with points pt 7 ps 1.9 lc rgb '#ffffff'",
                "$points\(index) using 1:2 with points pt 7 ps 1.4 lc rgb '\(colour)'",
            ]
        }
        commands.append("plot " + (plots.isEmpty ? "NaN notitle" : plots.joined(separator: ", ")))
        return ChartPage.Panel(title: title, commands: commands)
    }

    /// Lower whisker, lower quartile, median, upper quartile, upper whisker (Tukey 1977; quantiles of type 7).
    static func box(_ values: [Double]) -> [Double] {
        let lower = Descriptive.quantile(values, 0.25) ?? 0
        let upper = Descriptive.quantile(values, 0.75) ?? 0
        let reach = 1.5 * (upper - lower)
        let inside = values.filter { $0 >= lower - reach && $0 <= upper + reach }
        return [inside.min() ?? lower, lower, Descriptive.median(values) ?? 0, upper, inside.max() ?? upper]
    }

    private func points(_ values: [Double], x: Double) -> [[Double]] {
        values.enumerated().map { index, value in
            let spread = values.count < 2 ? 0 : Double(index) / Double(values.count - 1) - 0.5
            return [x + spread * 0.5, value]
        }
    }

    private func range(of values: [Double], scale: UnitScale) -> String {
        guard let low = values.min(), let high = values.max() else { return PlotText.range("y", 0, 1) }
        // All zero: there is no spread to fit an axis to.
        guard low != 0 || high != 0 else { return PlotText.range("y", 0, 1) }
        let room = max((high - low) * 0.12, high.magnitude * 0.01, .leastNormalMagnitude)
        let floor = low >= 0 ? max(0, low - room) : low - room
        let ceiling = high + room
        return PlotText.range("y", floor * scale.factor, ceiling > floor ? ceiling * scale.factor : floor + 1)
    }
}
