import Contract
import Results
import Statistics

/// Which pictures a run gets: its judged metrics as bars and as boxes, and its histograms as distributions; curves over
/// the factor that the design scales over come from `ScaleCatalogue`.
public enum ChartCatalogue {
    /// Panels on one picture at most; more facets go on to further pictures.
    static let panelsPerPicture = 6

    /// All pictures of a run, in the order of the report; names start with the run's name.
    public static func charts(_ model: ReportModel) -> [Chart] {
        let stem = Escape.fileName(model.run.name)
        let course = CourseChart.all(model, stem: stem)
        if let scale = model.layout.scale, !model.allCurveSets.isEmpty {
            return Array(
                unique(course + ScaleCatalogue(model: model, scale: scale, stem: stem).charts).prefix(
                    ScaleCatalogue.limit))
        }
        // Bars of a single trial would each be one number.
        let pairs = PairChart.all(model, stem: stem)
        if !course.isEmpty, model.run.trials.count == 1, model.run.design.matrix == nil {
            return unique(course + pairs)
        }
        if model.run.design.matrix != nil { return unique(matrices(model, stem: stem) + course) }
        var charts = StandingChart.all(model, stem: stem)
        charts += EffectChart.make(model, stem: stem)
        for metric in model.shownMetrics {
            charts += pages(model.facets(recording: metric)) { facets, suffix in
                BarChart.make(
                    model, metric: metric, facets: facets, name: "\(stem)-\(Escape.fileName(metric.name))\(suffix)"
                )
            }
        }
        charts += course + pairs
        charts += TimelineChart.all(model, stem: stem, panels: panelsPerPicture)
        charts += distributions(model, stem: stem)
        for metric in model.shownMetrics {
            charts += pages(model.facets(recording: metric)) { facets, suffix in
                BoxChart.make(
                    model, metric: metric, facets: facets,
                    name: "\(stem)-\(Escape.fileName(metric.name))-trials\(suffix)"
                )
            }
        }
        return unique(charts)
    }

    /// What was found, and the times to the answer: of each family of percentiles the median, and what has none by itself.
    private static func matrices(_ model: ReportModel, stem: String) -> [Chart] {
        let metrics = model.metrics.filter { $0.id.percentile == 50 && $0.unit == "s" }
        return MatrixChart.findings(model, stem: stem)
            + metrics.flatMap { MatrixChart.metric($0, model, stem: stem) } + distributions(model, stem: stem).prefix(6)
    }

    static func pages<Panel>(_ panels: [Panel], _ make: ([Panel], String) -> Chart) -> [Chart] {
        stride(from: 0, to: panels.count, by: panelsPerPicture).map { start in
            let page = Array(panels[start..<min(start + panelsPerPicture, panels.count)])
            return make(page, start == 0 ? "" : "-\(start / panelsPerPicture + 1)")
        }
    }

    private static func distributions(_ model: ReportModel, stem: String) -> [Chart] {
        merged(model).flatMap { facet, metrics in
            metrics.map { curves in
                let label = facet.label.isEmpty ? "" : "-" + Escape.fileName(facet.label)
                return DistributionChart.make(
                    model, curves: curves, name: "\(stem)-\(Escape.fileName(curves.metric))-cdf\(label)")
            }
        }
    }

    /// The histograms of each facet, merged over its trials, a value a metric.
    static func merged(
        _ model: ReportModel
    ) -> [(key: FactorLayout.Facet, value: [DistributionChart.Curves])] {
        let completed = model.run.trials.filter { $0.outcome == .completed && !$0.histograms.isEmpty }
        let places = Dictionary(grouping: completed) { model.layout.place(of: $0) }
        let metrics = Set(completed.flatMap(\.histograms.keys)).sorted()
        let measured = Set(places.keys.map(\.facet))
        return model.layout.facets.filter { measured.contains($0.levels) }.map { facet in
            let all = metrics.compactMap { metric -> DistributionChart.Curves? in
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
                guard !histograms.isEmpty else { return nil }
                return DistributionChart.Curves(
                    facet: facet, metric: metric, panels: model.layout.panels.filter { histograms[$0] != nil },
                    histograms: histograms, trials: counts
                )
            }
            return (key: facet, value: all)
        }
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
