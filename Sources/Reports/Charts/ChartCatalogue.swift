import Results
import Statistics

/// Which pictures a run gets: its judged metrics as curves over the factor that the design scales over, else as bars;
/// as boxes; and its histograms as distributions.
public enum ChartCatalogue {
    /// Panels on one picture at most; more facets go on to further pictures.
    static let panelsPerPicture = 6

    /// All pictures of a run, in the order of the report; names start with the run's name.
    public static func charts(_ model: ReportModel) -> [Chart] {
        let stem = Escape.fileName(model.run.name)
        var charts: [Chart] = []
        charts += curves(model, stem: stem)
        charts += EffectChart.make(model, stem: stem)
        for metric in model.shownMetrics {
            charts += pages(model.facetsWithoutCurve(metric)) { facets, suffix in
                BarChart.make(
                    model, metric: metric, facets: facets, name: "\(stem)-\(Escape.fileName(metric.name))\(suffix)"
                )
            }
        }
        charts += distributions(model, stem: stem)
        for metric in model.shownMetrics {
            charts += pages(ends(of: model.facets(recording: metric), model)) { facets, suffix in
                BoxChart.make(
                    model, metric: metric, facets: facets,
                    name: "\(stem)-\(Escape.fileName(metric.name))-trials\(suffix)"
                )
            }
        }
        return unique(charts)
    }

    private static func curves(_ model: ReportModel, stem: String) -> [Chart] {
        guard let scale = model.layout.scale else { return [] }
        return model.shownMetrics.flatMap { metric in
            pages(model.curveSets.filter { $0.metric.name == metric.name }) { sets, suffix in
                ScaleChart.make(
                    model, metric: metric, sets: sets, scale: scale,
                    name: "\(stem)-\(Escape.fileName(metric.name))-by-\(Escape.fileName(scale.factor))\(suffix)"
                )
            }
        }
    }

    /// Of facets that a curve joins only the two at its ends: the curve says the rest, in one picture.
    private static func ends(of facets: [FactorLayout.Facet], _ model: ReportModel) -> [FactorLayout.Facet] {
        guard let scale = model.layout.scale, !model.curveSets.isEmpty else { return facets }
        func rank(_ facet: FactorLayout.Facet) -> Int? {
            facet.levels[scale.factor].flatMap { size in scale.levels.firstIndex { $0.text == size } }
        }
        let curves = Dictionary(grouping: facets) { model.layout.curveFacet(of: $0) }
        return facets.filter { facet in
            guard let own = rank(facet), let all = curves[model.layout.curveFacet(of: facet)] else { return true }
            let ranks = all.compactMap(rank)
            return own == ranks.min() || own == ranks.max()
        }
    }

    private static func pages<Panel>(_ panels: [Panel], _ make: ([Panel], String) -> Chart) -> [Chart] {
        stride(from: 0, to: panels.count, by: panelsPerPicture).map { start in
            let page = Array(panels[start..<min(start + panelsPerPicture, panels.count)])
            return make(page, start == 0 ? "" : "-\(start / panelsPerPicture + 1)")
        }
    }

    private static func distributions(_ model: ReportModel, stem: String) -> [Chart] {
        let completed = model.run.trials.filter { $0.outcome == .completed && !$0.histograms.isEmpty }
        let places = Dictionary(grouping: completed) { model.layout.place(of: $0) }
        let metrics = Set(completed.flatMap(\.histograms.keys)).sorted()
        let measured = Set(places.keys.map(\.facet))
        var charts: [Chart] = []
        for facet in ends(of: model.layout.facets.filter { measured.contains($0.levels) }, model) {
            for metric in metrics {
                var histograms: [String: [String: LatencyHistogram]] = [:]
                var counts: [Int] = []
                for panel in model.layout.panels {
                    for level in model.layout.levels {
                        let place = FactorLayout.Place(facet: facet.levels, panel: panel, level: level)
                        let all = (places[place] ?? []).compactMap { $0.histograms[metric] }
                        guard var merged = all.first else { continue }
                        for other in all.dropFirst() { merged.merge(other) }
                        histograms[panel, default: [:]][level] = merged
                        counts.append(all.count)
                    }
                }
                guard !histograms.isEmpty else { continue }
                let curves = DistributionChart.Curves(
                    facet: facet, metric: metric, histograms: histograms, trials: counts
                )
                let label = facet.label.isEmpty ? "" : "-" + Escape.fileName(facet.label)
                charts.append(
                    DistributionChart.make(
                        model, curves: curves, name: "\(stem)-\(Escape.fileName(metric))-cdf\(label)")
                )
            }
        }
        return charts
    }

    /// Names that differ only in characters a file name cannot hold get a number.
    private static func unique(_ charts: [Chart]) -> [Chart] {
        var seen: [String: Int] = [:]
        return charts.map { chart in
            let count = (seen[chart.name] ?? 0) + 1
            seen[chart.name] = count
            guard count > 1 else { return chart }
            return chart.renamed("\(chart.name)~\(count)")
        }
    }
}
