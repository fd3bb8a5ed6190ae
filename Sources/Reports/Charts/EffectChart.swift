import Contract
import Statistics

/// The verdicts as one picture: every ratio to the baseline with its interval, on a logarithmic axis.
enum EffectChart {
    static let rowsPerPicture = 44
    static let stripsPerPicture = 4
    private static let rowHeight = 17.0

    /// One question: a metric at a facet and panel.
    struct Row: Hashable {
        let metric: Metric
        let facet: FactorLayout.Facet
        let panel: String

        /// `Throughput ↑ · stream · same-node`; the arrow says which way is better.
        var label: String {
            [VerdictTables.title(metric), facet.label, panel].filter { !$0.isEmpty }.joined(separator: " · ")
        }
    }

    static func make(
        _ model: ReportModel, stem: String, where isShown: (Row) -> Bool = { _ in true }
    ) -> [Chart] {
        let first = model.comparisons.filter(\.isAgainstBaseline)
        let comparisons = first.isEmpty ? Array(model.comparisons.prefix(8)) : first
        var seen = Set<Row>()
        let rows = comparisons.flatMap(\.rows).map { Row(metric: $0.metric, facet: $0.facet, panel: $0.panel) }
            .filter { isShown($0) && seen.insert($0).inserted }
        // Rows come by comparison; a question that only a later level answers must not move to the end.
        let order = model.cells.filter(\.metric.judged).map { Row(metric: $0.metric, facet: $0.facet, panel: $0.panel) }
        let ranks = Dictionary(order.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        let sorted = rows.sorted { (ranks[$0] ?? 0) < (ranks[$1] ?? 0) }
        var charts: [Chart] = []
        for strip in stride(from: 0, to: comparisons.count, by: stripsPerPicture) {
            for row in stride(from: 0, to: sorted.count, by: rowsPerPicture) {
                charts.append(
                    picture(
                        model, Array(comparisons[strip..<min(strip + stripsPerPicture, comparisons.count)]),
                        rows: Array(sorted[row..<min(row + rowsPerPicture, sorted.count)]),
                        name: "\(stem)-effects" + (charts.isEmpty ? "" : "-\(charts.count + 1)")
                    )
                )
            }
        }
        return charts
    }

    private static func picture(
        _ model: ReportModel, _ comparisons: [LevelComparison], rows: [Row], name: String
    ) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let widest = rows.map { ChartTheme.width(of: $0.label, size: ChartTheme.smallSize) }.max() ?? 0
        let labelRoom = min(widest + 6, 320)
        let inner = ChartTheme.width - 2 * ChartTheme.margin
        let stripWidth = (inner - labelRoom) / Double(max(comparisons.count, 1))
        let axis = RatioAxis(comparisons.flatMap(\.rows).map(\.result), width: stripWidth - 22)
        let counts = comparisons.flatMap(\.rows).flatMap { [$0.result.base.n, $0.result.candidate.n] }
        let against = model.layout.baseline.map { "against \($0)" } ?? "against each other"
        let names = comparisons.map(EffectStrip.heading)
        let fits = names.allSatisfy {
            ChartTheme.fit($0, width: stripWidth - 22, size: ChartTheme.textSize) == $0
        }
        let page = ChartPage(
            name: name,
            title: "Each \(model.layout.levelWord) \(against)",
            subtitle:
                "Ratio on a logarithmic axis, n = \(Wording.range(counts)) trials a side. Lines: the intervals that the "
                + "verdicts rest on, 95 % together (Holm); none where trials are too few. Filled: improved or regressed; "
                + "ring: unchanged; cross: inconclusive. Grey bands: too small to matter. ↑ more is better, ↓ less is "
                + "better.",
            description: ChartCaption.description("Ratios with their intervals", model),
            // Headings that had to be cut are told apart by a legend.
            keys: fits
                ? []
                : comparisons.map { comparison in
                    ChartPage.Key(
                        text: EffectStrip.heading(comparison), style: palette.style(of: comparison.candidate),
                        mark: .point
                    )
                },
            panels: comparisons.enumerated().map { index, comparison in
                EffectStrip(
                    comparison: comparison, rows: rows, axis: axis, style: palette.style(of: comparison.candidate),
                    labels: index > 0
                        ? nil : rows.map { ChartTheme.fit($0.label, width: labelRoom, size: ChartTheme.smallSize) }
                ).panel(labelRoom: labelRoom)
            },
            panelHeight: Double(rows.count) * rowHeight + 32 + 36,
            insets: ChartPage.Insets(left: 8, right: 14),
            footnotes: [ChartCaption.source(model)],
            spans: comparisons.indices.map { index in
                let x = ChartTheme.margin + labelRoom + Double(index) * stripWidth
                return index == 0 ? (x - labelRoom, stripWidth + labelRoom) : (x, stripWidth)
            }
        )
        return page.chart()
    }
}
