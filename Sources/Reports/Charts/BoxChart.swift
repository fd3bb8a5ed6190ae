import Contract
import Statistics

/// Box plots over the raw values, one point a trial: one picture a metric, a panel a facet and panel level.
///
/// Every panel has an axis of its own, since the spread within a place is small beside the distance between places.
enum BoxChart {
    static func make(_ model: ReportModel, metric: Metric, facets: [FactorLayout.Facet], name: String) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let columns = min(model.layout.panels.count == 1 ? facets.count : model.layout.panels.count, 2)
        let cells = facets.flatMap { model.cells(metric, $0) }
        let counts = cells.filter { !$0.values.isEmpty }.map(\.values.count)
        let title = Wording.title(of: metric)
        let axis = GroupedAxis(
            panels: [""], levels: model.layout.levels, plotWidth: ChartPage.plotWidth(columns: columns)
        )
        // Names too long for the axis give way to numbers, and the legend says which is which.
        let isNumbered = axis.levelTicks(model.layout.levels) != model.layout.levels
        let page = ChartPage(
            name: name,
            title: "\(title): every trial",
            subtitle: ChartCaption.subtitle(
                metric,
                "Points: n = \(Wording.range(counts)) trials, left to right in the order in which they ran; "
                    + "box: quartiles and median; whiskers: within 1.5 quartile ranges. Axes do not start at 0"
            ),
            description: ChartCaption.description("Box plots of every trial's \(title.lowercased())", model),
            keys: isNumbered ? ChartCaption.keys(model, palette: palette, mark: .box, numbered: true) : [],
            panels: facets.flatMap { facet in
                model.layout.panels.map { panel in
                    BoxPanel(
                        metric: metric, cells: model.cells(metric, facet, panel: panel), axis: axis, palette: palette,
                        isNumbered: isNumbered
                    ).panel(title: model.layout.label(facet: facet, panel: panel))
                }
            },
            columns: columns,
            panelHeight: facets.count == 1 ? 280 : 215,
            footnotes: ChartCaption.footnotes(cells, model)
        )
        return page.chart()
    }

    /// What one panel of a joined picture shows.
    struct Place {
        let metric: Metric
        let facet: FactorLayout.Facet
        let panel: String
    }

    /// Several metrics on one picture, a panel each.
    static func joined(_ model: ReportModel, places: [Place], name: String) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let columns = min(places.count, 2)
        let cells = places.map { model.cells($0.metric, $0.facet, panel: $0.panel) }
        let counts = cells.flatMap(\.self).filter { !$0.values.isEmpty }.map(\.values.count)
        let axis = GroupedAxis(
            panels: [""], levels: model.layout.levels, plotWidth: ChartPage.plotWidth(columns: columns)
        )
        let isNumbered = axis.levelTicks(model.layout.levels) != model.layout.levels
        let page = ChartPage(
            name: name,
            title: "Every trial at the largest size",
            subtitle: "Points: n = \(Wording.range(counts)) trials, left to right in the order in which they ran; box: "
                + "quartiles and median; whiskers: within 1.5 quartile ranges. Axes do not start at 0.",
            description: ChartCaption.description("Box plots of every trial", model),
            keys: isNumbered ? ChartCaption.keys(model, palette: palette, mark: .box, numbered: true) : [],
            panels: zip(places, cells).map { place, cells in
                let parts = [
                    VerdictTables.title(place.metric), model.layout.label(facet: place.facet, panel: place.panel),
                ]
                return BoxPanel(
                    metric: place.metric, cells: cells, axis: axis, palette: palette, isNumbered: isNumbered
                )
                .panel(title: parts.filter { !$0.isEmpty }.joined(separator: " · "))
            },
            columns: columns,
            panelHeight: places.count < 3 ? 280 : 215,
            footnotes: ChartCaption.footnotes(cells.flatMap(\.self), model)
        )
        return page.chart()
    }
}
