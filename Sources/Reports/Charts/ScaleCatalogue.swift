import Contract
import Results
import Statistics

/// Which pictures a run over sizes gets, the answer first, and no more than can be looked at.
///
/// The scale curves say where a level stops being good; percentiles and timelines say for whom; verdicts, distributions
/// and single trials say whether to believe it. Those are drawn for the ends of the scale only.
struct ScaleCatalogue {
    /// Pictures of one run at most; the numbers of the rest are in the tables.
    static let limit = 12
    /// Panels on one picture at most.
    private static let panels = 6

    let model: ReportModel
    let scale: FactorScale
    let stem: String

    /// The pictures in the order of the report.
    var charts: [Chart] {
        let pages = CurvePages(model)
        let ends = Set(self.ends(of: model.layout.facets))
        var charts = curves(pages.leading) + curves(pages.operations)
        charts += PercentilePage.all(model).map { page in
            PercentileChart.make(model, page: page, name: "\(stem)-\(Escape.fileName(page.base.name))-percentiles")
        }
        charts += TimelineChart.all(model, stem: stem, panels: Self.panels) + ratesBySecondScale + curves(pages.details)
        charts += EffectChart.make(model, stem: stem) {
            $0.facet.levels[scale.factor] == nil || ends.contains($0.facet)
        }
        charts += bars + distributions + trials + curves(pages.others)
        return charts
    }

    private func curves(_ pages: [CurvePage]) -> [Chart] {
        pages.flatMap { page in
            page.pages(of: Self.panels).enumerated().map { index, page in
                let suffix = index == 0 ? "" : "-\(index + 1)"
                let name = "\(stem)-\(Escape.fileName(page.slug))-by-\(Escape.fileName(scale.factor))\(suffix)"
                return ScaleChart.make(model, page: page, scale: scale, name: name)
            }
        }
    }

    /// The first of the rates over another factor whose levels are numbers, such as pods per second by concurrency.
    private var ratesBySecondScale: [Chart] {
        let names = model.run.design.factors.map(\.name).filter { $0 != scale.factor && $0 != model.layout.compared }
        return names.flatMap { name -> [Chart] in
            var run = model.run
            run.design.scaleFactor = name
            run.metrics = run.metrics.filter { $0.unit == "1/s" }
            run.events = []
            guard !run.metrics.isEmpty, (try? FactorScale(run.design)) != nil else { return [] }
            let other = ReportModel(run)
            guard let axis = other.layout.scale, !other.allCurveSets.isEmpty else { return [] }
            guard let metric = other.allCurveSets.first?.metric,
                let page = CurvePage.single(other.allCurveSets.filter { $0.metric == metric }, layout: other.layout)
            else { return [] }
            return page.pages(of: Self.panels).prefix(1).map { page in
                let name = "\(stem)-\(Escape.fileName(page.slug))-by-\(Escape.fileName(axis.factor))"
                return ScaleChart.make(other, page: page, scale: axis, name: name)
            }
        }
    }

    /// What no curve shows.
    private var bars: [Chart] {
        model.shownMetrics.flatMap { metric in
            ChartCatalogue.pages(model.facetsWithoutCurve(metric)) { facets, suffix in
                BarChart.make(
                    model, metric: metric, facets: facets, name: "\(stem)-\(Escape.fileName(metric.name))\(suffix)"
                )
            }
        }
    }

    /// The histograms at the largest size, but for those that percentile pictures show.
    private var distributions: [Chart] {
        let bases = Set(PercentilePage.all(model).map(\.base))
        // Histograms go by the names of what their percentiles are of.
        let shown = Set(model.metrics.map(\.id).filter { bases.contains($0.base) }.map(\.distribution.name))
        let largest = self.largest(of: model.layout.facets)
        return ChartCatalogue.merged(model).filter { largest.contains($0.key) }
            .sorted { (largest.firstIndex(of: $0.key) ?? 0) < (largest.firstIndex(of: $1.key) ?? 0) }
            .compactMap { facet, all in
                let metrics = all.filter { !shown.contains($0.metric) }.prefix(Self.panels)
                guard !metrics.isEmpty else { return nil }
                let label = facet.label.isEmpty ? "" : "-" + Escape.fileName(facet.label)
                return DistributionChart.make(
                    model, curves: .joined(Array(metrics), facet: facet), name: "\(stem)-latency-cdf\(label)")
            }
    }

    /// Every trial of the judged metrics at the largest size, on one page.
    private var trials: [Chart] {
        let places = model.shownMetrics.flatMap { metric in
            largest(of: model.facets(recording: metric)).flatMap { facet in
                model.layout.panels.map { BoxChart.Place(metric: metric, facet: facet, panel: $0) }
            }
        }.filter { place in
            model.cells(place.metric, place.facet, panel: place.panel).contains { $0.median != nil }
        }
        guard !places.isEmpty else { return [] }
        return [BoxChart.joined(model, places: Array(places.prefix(Self.panels)), name: "\(stem)-trials")]
    }

    /// Of facets that a curve joins only the two at its ends.
    private func ends(of facets: [FactorLayout.Facet]) -> [FactorLayout.Facet] {
        filter(facets) { rank, all in rank == all.min() || rank == all.max() }
    }

    /// Of facets that a curve joins only the one at its end.
    private func largest(of facets: [FactorLayout.Facet]) -> [FactorLayout.Facet] {
        filter(facets) { rank, all in rank == all.max() }
    }

    private func filter(
        _ facets: [FactorLayout.Facet], _ keeps: (Int, [Int]) -> Bool
    ) -> [FactorLayout.Facet] {
        func rank(_ facet: FactorLayout.Facet) -> Int? {
            facet.levels[scale.factor].flatMap { size in scale.levels.firstIndex { $0.text == size } }
        }
        let curves = Dictionary(grouping: facets) { model.layout.curveFacet(of: $0) }
        return facets.filter { facet in
            guard let own = rank(facet), let all = curves[model.layout.curveFacet(of: facet)] else { return true }
            return keeps(own, all.compactMap(rank))
        }
    }
}
