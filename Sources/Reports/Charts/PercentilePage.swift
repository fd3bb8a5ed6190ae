import Contract
import Statistics

/// What percentile pictures show: the percentiles of one thing at every position, at the largest size.
struct PercentilePage {
    /// One position at one place.
    struct Panel {
        let title: String
        /// A line a level: the cells by percentile, the lowest first.
        let lines: [(level: String, points: [(rank: Double, cell: Cell)])]
        /// The published numbers of the same size.
        let published: [PublishedLatency]

        var cells: [Cell] { lines.flatMap(\.points).map(\.cell) }
    }

    /// `connect`.
    let base: String
    /// The percentiles of all panels, the lowest first.
    let ranks: [Double]
    let size: FactorScale.Level
    let panels: [Panel]

    /// A page for each base with positions and at least three percentiles.
    static func all(_ model: ReportModel) -> [PercentilePage] {
        guard let scale = model.layout.scale else { return [] }
        let named = model.metrics.map { (metric: $0, name: MetricName($0.name)) }
            .filter { $0.name.position != nil && $0.name.rank != nil }
        var seen = Set<String>()
        return named.map(\.name.base).filter { seen.insert($0).inserted }.compactMap { base -> PercentilePage? in
            let metrics = named.filter { $0.name.base == base }
            let ranks = Set(metrics.compactMap(\.name.rank)).sorted()
            guard ranks.count > 2 else { return nil }
            let sizes = scale.levels.filter { size in
                metrics.contains { metric in
                    model.facets(recording: metric.metric).contains { facet in
                        facet.levels[scale.factor] == size.text
                            && model.cells(metric.metric, facet).contains { $0.median != nil }
                    }
                }
            }
            guard let size = sizes.last else { return nil }
            let panels = MetricName.positions.flatMap { position in
                Self.panels(model, metrics.filter { $0.name.position == position }, size: size, scale: scale)
            }
            return panels.isEmpty ? nil : PercentilePage(base: base, ranks: ranks, size: size, panels: panels)
        }
    }

    private static func panels(
        _ model: ReportModel, _ metrics: [(metric: Metric, name: MetricName)], size: FactorScale.Level,
        scale: FactorScale
    ) -> [Panel] {
        guard let first = metrics.first else { return [] }
        let facets = model.layout.facets.filter { $0.levels[scale.factor] == size.text }
        return facets.flatMap { facet in
            model.layout.panels.compactMap { panel -> Panel? in
                let lines = model.layout.levels.map { level in
                    let points = metrics.compactMap { metric in
                        model.cells(metric.metric, facet, panel: panel).first { $0.level == level }
                            .flatMap { cell in metric.name.rank.map { (rank: $0, cell: cell) } }
                    }
                    return (level: level, points: points.sorted { $0.rank < $1.rank })
                }
                guard lines.contains(where: { $0.points.contains { $0.cell.median != nil } }) else { return nil }
                let place = model.layout.label(facet: model.layout.curveFacet(of: facet), panel: panel)
                let title = [first.name.position ?? "", place].filter { !$0.isEmpty }.joined(separator: " · ")
                let published =
                    first.metric.unit != "s"
                    ? []
                    : PublishedLatency.matching(model, stem: first.name.stem).filter { $0.size == size.value }
                return Panel(title: title, lines: lines, published: published)
            }
        }
    }
}
