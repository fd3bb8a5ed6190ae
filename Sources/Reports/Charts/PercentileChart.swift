import Contract
import Statistics

/// Percentiles from the first to the 99.9th: a panel a position, a line a level of the compared factor.
enum PercentileChart {
    static func make(_ model: ReportModel, page content: PercentilePage, name: String) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let cells = content.panels.flatMap(\.cells)
        let counts = cells.filter { $0.median != nil }.map(\.values.count)
        let published = content.panels.flatMap(\.published)
        let columns = content.panels.count > 1 ? 2 : 1
        let axis = PercentileAxis(content)
        let drawn = model.layout.levels.filter { level in cells.contains { $0.level == level && $0.median != nil } }
        let factor = model.layout.scale?.factor ?? ""
        let height = content.panels.count == 1 ? 340.0 : 270.0
        let insets = ChartPage.Insets(left: 78, right: 18, bottom: 54)
        let what = Wording.title(content.base.name)
        let page = ChartPage(
            name: name,
            title: "\(what) by percentile and position, at \(factor) \(content.size.text)",
            subtitle:
                "Median over n = \(Wording.range(counts)) trials of each trial's percentile; bands: 95 % bootstrap "
                + "interval. A flat line is the same for every client; a steep one depends on luck. Lower is better.",
            description: ChartCaption.description("Percentiles of \(what.lowercased()) by position", model),
            keys: ChartCaption.keys(model, palette: palette, mark: .curve, levels: drawn)
                + PublishedStyle.keys(published, mark: .curve),
            panels: content.panels.map { panel in
                ChartPage.Panel(
                    title: panel.title,
                    commands: axis.commands(height: height - insets.top - insets.bottom)
                        + curves(panel, axis: axis, palette: palette, modes: PublishedStyle.modes(published))
                )
            },
            columns: columns,
            panelHeight: height,
            insets: insets,
            footnotes: ChartCaption.footnotes(cells, model)
        )
        return page.chart()
    }

    private static func curves(
        _ panel: PercentilePage.Panel, axis: PercentileAxis, palette: Palette, modes: [String]
    ) -> [String] {
        var commands: [String] = []
        var bands: [String] = []
        var lines: [String] = []
        for (index, line) in panel.lines.enumerated() {
            let style = palette.style(of: line.level)
            let points = line.points.compactMap { point -> [Double]? in
                guard let median = point.cell.median, median > 0 else { return nil }
                let interval = point.cell.interval
                return [
                    axis.place(point.rank), median, max(interval?.lower ?? median, axis.low), interval?.upper ?? median,
                ]
            }
            guard !points.isEmpty else { continue }
            commands += PlotText.block("line\(index)", points)
            bands.append(
                "$line\(index) using 1:3:4 with filledcurves fillstyle transparent solid 0.2 noborder "
                    + "lc rgb '\(style.colour)'")
            lines += strokes("line\(index)", style)
        }
        for (index, published) in panel.published.enumerated() {
            commands += PlotText.block(
                "published\(index)",
                published.percentiles.sorted { $0.key < $1.key }.map { [axis.place($0.key), $0.value] }
            )
            let style = PublishedStyle.style(of: published.name, among: modes)
            lines += strokes("published\(index)", style, width: 2.5)
        }
        // In the order of drawing: no band covers a line.
        let plots = bands + lines
        return commands + ["plot " + (plots.isEmpty ? "NaN notitle" : plots.joined(separator: ", "))]
    }

    private static func strokes(_ block: String, _ style: Palette.Style, width: Double = 4) -> [String] {
        [
            "$\(block) using 1:2 with lines lw \(width) dt \(style.dash) lc rgb '\(style.colour)'",
            "$\(block) using 1:2 with points pt \(style.point) ps 1.5 lw 2.5 lc rgb '\(style.colour)'",
        ]
    }
}
