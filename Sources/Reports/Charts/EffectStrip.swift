import Contract
import Statistics

/// One comparison as a column of ratios, a row a question.
struct EffectStrip {
    let comparison: LevelComparison
    let rows: [EffectChart.Row]
    let axis: RatioAxis
    let style: Palette.Style
    /// The names of the rows; only the leftmost strip has them.
    let labels: [String]?

    func panel(labelRoom: Double) -> ChartPage.Panel {
        let top = Double(rows.count)
        var commands = axis.commands
        commands += ["set yrange [0.3:\(PlotText.number(top + 0.7))]", "unset ylabel", "unset grid", "set border 1"]
        commands.append(yTicks)
        commands.append(
            "set arrow from first 1,graph 0 to first 1,graph 1 nohead lc rgb '\(Palette.quietInk)' lw 2 back"
        )
        var filled: [[Double]] = []
        var rings: [[Double]] = []
        var crosses: [[Double]] = []
        for (index, row) in rows.enumerated() {
            let y = top - Double(index)
            commands.append(band(row.metric.minimumRelevantChange, y: y))
            if index > 0, rows[index - 1].metric != row.metric { commands.append(rule(y: y + 0.5)) }
            let result = result(of: row)
            guard let result, let ratio = result.ratio, ratio > 0 else {
                commands.append(
                    PlotText.label(
                        result == nil ? "no data" : "no ratio", x: axis.high, y: PlotText.number(y), anchor: "right",
                        size: ChartTheme.tinySize, colour: Palette.quietInk
                    )
                )
                continue
            }
            let mark = [ratio, y, max(result.interval?.lower ?? ratio, axis.low), result.interval?.upper ?? ratio]
            switch result.verdict {
            case .improved, .regressed: filled.append(mark)
            case .unchanged: rings.append(mark)
            case .inconclusive, .notComparable: crosses.append(mark)
            }
        }
        let plots = [("filled", filled, 7, 1.7), ("rings", rings, 6, 1.6), ("crosses", crosses, 2, 1.4)]
            .filter { !$0.1.isEmpty }
        for (name, marks, _, _) in plots { commands += PlotText.block(name, marks) }
        let whiskers = plots.map { name, _, _, _ in
            PlotText.whiskers(name, "3:2:($4-$3):(0)", width: 3, colour: style.colour)
        }
        // White below the ring keeps the whisker from showing through it.
        let rings0 = rings.isEmpty ? [] : ["$rings using 1:2 with points pt 7 ps 1.6 lc rgb '#ffffff'"]
        let points = plots.map {
            "$\($0.0) using 1:2 with points pt \($0.2) ps \($0.3) lw 3 lc rgb '\(style.colour)'"
        }
        let all = whiskers + rings0 + points
        commands.append("plot " + (all.isEmpty ? "NaN notitle" : all.joined(separator: ", ")))
        return ChartPage.Panel(
            title: Self.heading(comparison), commands: commands, colour: style.colour,
            insets: labels.map { _ in ChartPage.Insets(left: labelRoom + 8, right: 14) }
        )
    }

    /// What is compared, in short.
    static func heading(_ comparison: LevelComparison) -> String {
        comparison.isAgainstBaseline ? comparison.candidate : "\(comparison.candidate) / \(comparison.base)"
    }

    private func result(of row: EffectChart.Row) -> Comparison? {
        comparison.rows.first {
            $0.metric.name == row.metric.name && $0.facet == row.facet && $0.panel == row.panel
        }?.result
    }

    private var yTicks: String {
        guard let labels else { return "unset ytics" }
        let ticks = labels.enumerated().map { index, text in (text: text, at: Double(rows.count - index)) }
        return PlotText.ticks(ticks, axis: "y")
    }

    /// A line between two metrics.
    private func rule(y: Double) -> String {
        "set arrow from graph 0,first \(PlotText.number(y)) to graph 1,first \(PlotText.number(y)) nohead "
            + "lc rgb '\(Palette.grid)' lw 2 back"
    }

    private func band(_ change: Double, y: Double) -> String {
        let low = max(1 / (1 + change), axis.low)
        let high = min(1 + change, axis.high)
        return "set object rectangle from first \(PlotText.number(low)),\(PlotText.number(y - 0.36)) to first "
            + "\(PlotText.number(high)),\(PlotText.number(y + 0.36)) fillcolor rgb '#ececec' fillstyle solid 1 noborder "
            + "behind"
    }
}
