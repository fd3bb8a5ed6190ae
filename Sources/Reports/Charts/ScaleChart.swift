import Contract
import Statistics

/// Curves over the factor that the design scales over: a panel a place or metric, a line a level.
enum ScaleChart {
    static func make(_ model: ReportModel, page curves: CurvePage, scale: FactorScale, name: String) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let sets = curves.panels.map(\.set)
        let columns = sets.count > 1 ? 2 : 1
        let cells = sets.flatMap(\.cells)
        let counts = cells.filter { $0.median != nil }.map(\.values.count)
        let height = sets.count == 1 ? 360.0 : 270.0
        let insets = ChartPage.Insets(left: 78, right: 18, bottom: 54)
        let hasClear = sets.flatMap(\.pairs).flatMap(\.crossovers).contains { $0.isClear }
        let hasBent = sets.flatMap(\.curves).contains { $0.knee?.isLowerBound == false }
        let what =
            "Points: median of n = \(Wording.range(counts)) trials; bands: 95 % bootstrap interval; gaps: no value"
            + (hasClear ? "; diamonds: crossovers with their 95 % interval" : "")
            + (hasBent ? "; rings: knees, the most rate per latency" : "")
        let published = sets.map { PublishedPoint.all(model, metric: $0.metric) }
        let shown = published.flatMap(\.self)
        let shared = curves.isShared ? ValueAxis(sets: sets, others: shown.map(\.value)) : nil
        let drawn = model.layout.levels.filter { level in sets.contains { $0.curves.contains { $0.level == level } } }
        let page = ChartPage(
            name: name,
            title: "\(curves.title) by \(scale.factor)",
            subtitle: subtitle(curves.metrics, what),
            description: ChartCaption.description("Curves of \(curves.title.lowercased()) over \(scale.factor)", model),
            keys: ChartCaption.keys(model, palette: palette, mark: .curve, levels: drawn)
                + PublishedStyle.keys(shown.map(\.source), mark: .point),
            panels: zip(curves.panels, published).map { panel, published in
                let drawing = ScalePanel(
                    set: panel.set, scale: scale, palette: palette,
                    width: ChartPage.plotWidth(columns: columns, insets: insets),
                    height: height - insets.top - insets.bottom,
                    values: shared ?? ValueAxis(sets: [panel.set], others: published.map(\.value)),
                    published: published
                )
                return ChartPage.Panel(
                    title: title(panel, curves: curves, model: model), commands: drawing.commands)
            },
            columns: columns,
            panelHeight: height,
            insets: insets,
            footnotes: crossingNotes(sets) + emptyNotes(model, sets, scale: scale) + censoredNotes(cells)
                + ChartCaption.footnotes(cells, model)
        )
        return page.chart()
    }

    private static func title(_ panel: CurvePage.Panel, curves: CurvePage, model: ReportModel) -> String {
        guard Set(curves.metrics.map(\.better)).count > 1 else {
            return panel.label.isEmpty ? model.run.name : panel.label
        }
        // Where pages mix directions, each panel says its own.
        return panel.label
            + (panel.set.metric.better == .higher ? " ↑" : panel.set.metric.better == .lower ? " ↓" : "")
    }

    private static func subtitle(_ metrics: [Metric], _ what: String) -> String {
        guard Set(metrics.map(\.better)).count == 1, let metric = metrics.first else {
            return what + ". ↑ more is better, ↓ less is better."
        }
        return ChartCaption.subtitle(metric, what)
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
        let place = sets.count > 1 ? " in at least one panel" : ""
        return ["No value at all\(place): \(empty.joined(separator: ", "))."]
    }

    /// Points that are lower bounds: there, the median itself was cut off.
    private static func censoredNotes(_ cells: [Cell]) -> [String] {
        let places = cells.filter { $0.median != nil && $0.censored * 2 > $0.values.count }.map { cell in
            [cell.level, cell.facet.label, cell.panel].filter { !$0.isEmpty }.joined(separator: " · ")
        }
        guard !places.isEmpty else { return [] }
        let more = places.count > 3 ? "; and \(places.count - 3) more" : ""
        let shown = places.prefix(3).joined(separator: "; ") + more
        return ["In truth higher, since most trials were cut off: \(shown)."]
    }
}
