import Results
import Statistics

/// Which pictures a run gets: its judged metrics as bars and boxes, its histograms as distributions.
public enum ChartCatalogue {
    /// Panels on one picture at most; more facets go on to further pictures.
    static let panelsPerPicture = 6

    /// All pictures of a run, in the order of the report; names start with the run's name.
    public static func charts(_ model: ReportModel) -> [Chart] {
        let stem = Escape.fileName(model.run.name)
        var charts: [Chart] = []
        charts += EffectChart.make(model, stem: stem)
        let judged = model.metrics.filter(\.judged)
        // A run of a kind that judges nothing still shows what it measured.
        let shown = judged.isEmpty ? model.metrics : judged
        for metric in shown {
            charts += pages(model.facets(recording: metric)) { facets, suffix in
                BarChart.make(
                    model, metric: metric, facets: facets, name: "\(stem)-\(Escape.fileName(metric.name))\(suffix)"
                )
            }
        }
        charts += distributions(model, stem: stem)
        for metric in shown {
            charts += pages(model.facets(recording: metric)) { facets, suffix in
                BoxChart.make(
                    model, metric: metric, facets: facets,
                    name: "\(stem)-\(Escape.fileName(metric.name))-trials\(suffix)"
                )
            }
        }
        return unique(charts)
    }

    private static func pages(
        _ facets: [FactorLayout.Facet], _ make: ([FactorLayout.Facet], String) -> Chart
    ) -> [Chart] {
        stride(from: 0, to: facets.count, by: panelsPerPicture).map { start in
            let page = Array(facets[start..<min(start + panelsPerPicture, facets.count)])
            return make(page, start == 0 ? "" : "-\(start / panelsPerPicture + 1)")
        }
    }

    private static func distributions(_ model: ReportModel, stem: String) -> [Chart] {
        let completed = model.run.trials.filter { $0.outcome == .completed && !$0.histograms.isEmpty }
        let places = Dictionary(grouping: completed) { model.layout.place(of: $0) }
        let metrics = Set(completed.flatMap(\.histograms.keys)).sorted()
        var charts: [Chart] = []
        for facet in model.layout.facets {
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
