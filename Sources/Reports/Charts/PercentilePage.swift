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

    /// What the percentiles are of.
    let base: MetricID
    /// The percentiles of all panels, the lowest first.
    let ranks: [Double]
    let size: FactorScale.Level
    let panels: [Panel]

    /// A page for each subject and operation with positions and at least three percentiles.
    static func all(_ model: ReportModel) -> [PercentilePage] {
        guard let scale = model.layout.scale else { return [] }
        let placed = model.metrics.filter { $0.id.position != nil && $0.id.percentile != nil }
        var seen = Set<MetricID>()
        return placed.map(\.id.base).filter { seen.insert($0).inserted }.compactMap { base -> PercentilePage? in
            let metrics = placed.filter { $0.id.base == base }
            let ranks = Set(metrics.compactMap(\.id.percentile)).sorted()
            guard ranks.count > 2 else { return nil }
            let sizes = scale.levels.filter { size in
                metrics.contains { metric in
                    model.facets(recording: metric).contains { facet in
                        facet.levels[scale.factor] == size.text
                            && model.cells(metric, facet).contains { $0.median != nil }
                    }
                }
            }
            guard let size = sizes.last else { return nil }
            var positions = Set<MetricID>()
            let panels = metrics.map(\.id.distribution).filter { positions.insert($0).inserted }
                .sorted { $0.positionRank < $1.positionRank }
                .flatMap { id in
                    Self.panels(model, id, metrics.filter { $0.id.distribution == id }, size: size, scale: scale)
                }
            return panels.isEmpty ? nil : PercentilePage(base: base, ranks: ranks, size: size, panels: panels)
        }
    }

    private static func panels(
        _ model: ReportModel, _ id: MetricID, _ metrics: [Metric], size: FactorScale.Level, scale: FactorScale
    ) -> [Panel] {
        let facets = model.layout.facets.filter { $0.levels[scale.factor] == size.text }
        return facets.flatMap { facet in
            model.layout.panels.compactMap { panel -> Panel? in
                let lines = model.layout.levels.map { level in
                    let points = metrics.compactMap { metric in
                        model.cells(metric, facet, panel: panel).first { $0.level == level }
                            .flatMap { cell in metric.id.percentile.map { (rank: $0, cell: cell) } }
                    }
                    return (level: level, points: points.sorted { $0.rank < $1.rank })
                }
                guard lines.contains(where: { $0.points.contains { $0.cell.median != nil } }) else { return nil }
                let place = model.layout.label(facet: model.layout.curveFacet(of: facet), panel: panel)
                let title = [id.position ?? "", place].filter { !$0.isEmpty }.joined(separator: " · ")
                let published =
                    metrics.first?.unit != "s"
                    ? [] : PublishedLatency.matching(model, id).filter { $0.size == size.value }
                return Panel(title: title, lines: lines, published: published)
            }
        }
    }
}
