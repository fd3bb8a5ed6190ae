import Contract
import Statistics

/// The words around pictures.
enum ChartCaption {
    static func subtitle(_ metric: Metric, _ what: String) -> String {
        let direction =
            switch metric.better {
            case .higher: " Higher is better."
            case .lower: " Lower is better."
            case .neither: ""
            }
        return "\(what).\(direction)"
    }

    /// Which run the picture shows.
    static func source(_ model: ReportModel) -> String {
        "Run \(model.run.name), \(model.run.startedAt.prefix(10)), \(model.run.id)."
    }

    static func description(_ what: String, _ model: ReportModel) -> String {
        let groups = model.layout.panelFactor.map { ", grouped by \($0)" } ?? ""
        return "\(what) for each \(model.layout.levelWord)\(groups): \(model.layout.levels.joined(separator: ", "))."
    }

    static func keys(
        _ model: ReportModel, palette: Palette, mark: ChartPage.Key.Mark, numbered: Bool = false,
        levels: [String]? = nil
    ) -> [ChartPage.Key] {
        (levels ?? model.layout.levels).enumerated().map { index, level in
            let name = level == model.layout.baseline ? "\(level) (baseline)" : level
            return ChartPage.Key(
                text: numbered ? "\(index + 1): \(name)" : name,
                style: palette.style(of: level), mark: mark
            )
        }
    }

    /// The unit, beside the axis.
    static func yLabel(_ scale: UnitScale, offset: Double = 1.2) -> String {
        let symbol = ChartTheme.fit(scale.symbol, width: 200, size: ChartTheme.textSize)
        return "set ylabel \(Escape.gnuplot(symbol)) offset character \(offset),0 "
            + "font ',\(ChartTheme.textSize)' textcolor rgb '\(Palette.ink)'"
    }

    /// What stands below the panels: gaps, and which run this is.
    static func footnotes(_ cells: [Cell], _ model: ReportModel) -> [String] { losses(cells) + [source(model)] }

    /// Which places lack trials, and why; at most four lines.
    private static func losses(_ cells: [Cell]) -> [String] {
        var seen = Set<String>()
        // Metrics that share a page lack the same trials.
        let lines = cells.compactMap { cell -> String? in
            guard let loss = cell.lossText else { return nil }
            let place = [cell.level, cell.facet.label, cell.panel].filter { !$0.isEmpty }.joined(separator: " · ")
            return "\(place): \(loss)."
        }.filter { seen.insert($0).inserted }
        guard lines.count > 4 else { return lines }
        return lines.prefix(3) + ["\(lines.count - 3) more places lack trials; the report lists them under Failures."]
    }
}
