import Contract
import Statistics

/// Bars with intervals: one picture a metric, a panel a facet, levels side by side, grouped by the panel factor.
enum BarChart {
    static func make(_ model: ReportModel, metric: Metric, facets: [FactorLayout.Facet], name: String) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let columns = GroupedAxis.columns(
            count: facets.count, panels: model.layout.panels, levels: model.layout.levels
        )
        let cells = facets.flatMap { model.cells(metric, $0) }
        let counts = cells.filter { !$0.values.isEmpty }.map(\.values.count)
        let title = Wording.title(of: metric)
        let page = ChartPage(
            name: name,
            title: "\(title) by \(model.layout.levelWord)",
            subtitle: ChartCaption.subtitle(
                metric, "Bars: median of n = \(Wording.range(counts)) trials; whiskers: 95 % bootstrap interval"
            ),
            description: ChartCaption.description("Bar chart of \(title.lowercased())", model),
            keys: ChartCaption.keys(model, palette: palette, mark: .box),
            panels: facets.map { facet in
                panel(model, metric: metric, facet: facet, palette: palette, columns: columns)
            },
            columns: columns,
            panelHeight: facets.count == 1 ? 300 : 250,
            footnotes: ChartCaption.footnotes(cells, model)
        )
        return page.chart()
    }

    private static func panel(
        _ model: ReportModel, metric: Metric, facet: FactorLayout.Facet, palette: Palette, columns: Int
    ) -> ChartPage.Panel {
        let axis = GroupedAxis(
            panels: model.layout.panels, levels: model.layout.levels,
            plotWidth: ChartPage.plotWidth(columns: columns)
        )
        let cells = model.cells(metric, facet)
        let top = cells.compactMap { $0.interval?.upper ?? $0.median }.max() ?? 0
        let scale = UnitScale.fitting(top, unit: metric.unit)
        let ceiling = top > 0 ? top * scale.factor * 1.18 : 1
        let bottom = cells.compactMap { $0.interval?.lower ?? $0.median }.min() ?? 0
        let floor = min(0, bottom * scale.factor * 1.18)
        var commands = axis.commands + [ChartCaption.yLabel(scale), PlotText.range("y", floor, ceiling)]
        var blocks: [String] = []
        var plots: [String] = []
        var numbers = true
        for cell in cells where cell.median != nil {
            let text = scale.number(cell.median ?? 0)
            numbers = numbers && ChartTheme.width(of: text, size: ChartTheme.tinySize) + 3 <= axis.slot
        }
        for (levelIndex, level) in model.layout.levels.enumerated() {
            let colour = palette.style(of: level).colour
            var rows: [[Double]] = []
            for (panelIndex, panel) in model.layout.panels.enumerated() {
                guard let cell = cells.first(where: { $0.panel == panel && $0.level == level }) else { continue }
                let x = axis.position(panel: panelIndex, level: levelIndex)
                guard let median = cell.median else {
                    commands.append(axis.missing(cell, x: x, colour: colour))
                    continue
                }
                // A single trial has no interval, and gnuplot draws none for NaN.
                let low = (cell.interval?.lower ?? .nan) * scale.factor
                let high = (cell.interval?.upper ?? .nan) * scale.factor
                rows.append([x, median * scale.factor, low, high])
                if numbers {
                    commands.append(
                        PlotText.label(
                            scale.number(median), x: x, y: PlotText.number(high.isNaN ? median * scale.factor : high),
                            offset: 0.6)
                    )
                }
            }
            guard !rows.isEmpty else { continue }
            blocks += PlotText.block("bars\(levelIndex)", rows)
            plots.append("$bars\(levelIndex) using 1:2 with boxes fillstyle solid 1 noborder lc rgb '\(colour)'")
            plots.append(
                PlotText.whiskers("bars\(levelIndex)", "1:3:(0):($4-$3)", width: 2.5, colour: Palette.ink)
            )
        }
        commands.append("set boxwidth 0.86")
        commands += blocks
        commands.append("plot " + (plots.isEmpty ? "NaN notitle" : plots.joined(separator: ", ")))
        return ChartPage.Panel(title: facet.label.isEmpty ? model.run.name : facet.label, commands: commands)
    }
}
