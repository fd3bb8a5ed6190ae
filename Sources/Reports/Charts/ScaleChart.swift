import Statistics

/// Curves over the factor that the design scales over: one picture a metric, a panel a place, a line a level.
enum ScaleChart {
    static func make(
        _ model: ReportModel, metric: Metric, sets: [CurveSet], scale: FactorScale, name: String
    ) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let columns = sets.count > 1 ? 2 : 1
        let cells = sets.flatMap(\.cells)
        let counts = cells.filter { $0.median != nil }.map(\.values.count)
        let title = Wording.title(ofMetric: metric.name)
        let height = sets.count == 1 ? 360.0 : 280.0
        let insets = ChartPage.Insets(left: 70, right: 18, bottom: 54)
        let crossings = sets.flatMap(\.pairs).flatMap(\.crossovers)
        let what =
            "Points: median of n = \(Wording.range(counts)) trials; bands: 95 % bootstrap interval; gaps: no value"
            + (crossings.contains { $0.isClear } ? "; diamonds: crossovers with their 95 % interval" : "")
        let page = ChartPage(
            name: name,
            title: "\(title) by \(scale.factor)",
            subtitle: ChartCaption.subtitle(metric, what),
            description: ChartCaption.description("Curves of \(title.lowercased()) over \(scale.factor)", model),
            keys: ChartCaption.keys(model, palette: palette, mark: .curve),
            panels: sets.map { set in
                let label = model.layout.label(facet: set.facet, panel: set.panel)
                let panel = ScalePanel(
                    set: set, scale: scale, palette: palette,
                    width: ChartPage.plotWidth(columns: columns, insets: insets),
                    height: height - insets.top - insets.bottom
                )
                return ChartPage.Panel(title: label.isEmpty ? model.run.name : label, commands: panel.commands)
            },
            columns: columns,
            panelHeight: height,
            insets: insets,
            footnotes: crossingNotes(sets) + emptyNotes(model, sets, scale: scale) + censoredNotes(cells)
                + ChartCaption.footnotes(cells, model)
        )
        return page.chart()
    }

    /// What the diamonds do not say.
    private static func crossingNotes(_ sets: [CurveSet]) -> [String] {
        let pairs = sets.flatMap(\.pairs)
        let crossings = pairs.flatMap(\.crossovers)
        guard !pairs.isEmpty else { return [] }
        guard !crossings.isEmpty else { return ["No two curves cross."] }
        let unclear = crossings.count { !$0.isClear }
        guard unclear > 0 else { return [] }
        return ["\(Wording.count(unclear, "crossing")) within the noise: not marked; the report lists them."]
    }

    /// Levels and sizes that would otherwise be missing without a word.
    private static func emptyNotes(_ model: ReportModel, _ sets: [CurveSet], scale: FactorScale) -> [String] {
        let levels = model.layout.levels.filter { level in sets.contains { $0.emptyLevels.contains(level) } }
        let sizes = scale.levels.filter { level in sets.contains { $0.emptySizes.contains(level) } }.map(\.text)
        let empty = levels + (sizes.isEmpty ? [] : ["\(scale.factor) \(sizes.joined(separator: ", "))"])
        guard !empty.isEmpty else { return [] }
        return ["No value at all\(sets.count > 1 ? " in at least one panel" : ""): \(empty.joined(separator: ", "))."]
    }

    /// Points that are lower bounds: there, the median itself was cut off.
    private static func censoredNotes(_ cells: [Cell]) -> [String] {
        let places = cells.filter { $0.median != nil && $0.censored * 2 > $0.values.count }.map { cell in
            [cell.level, cell.facet.label, cell.panel].filter { !$0.isEmpty }.joined(separator: " · ")
        }
        guard !places.isEmpty else { return [] }
        let shown = places.prefix(3).joined(separator: "; ") + (places.count > 3 ? "; and \(places.count - 3) more" : "")
        return ["In truth higher, since most trials were cut off: \(shown)."]
    }
}
