import Statistics

/// Cumulative latency distributions on a logarithmic axis: a picture a facet, a panel a level of the panel factor.
enum DistributionChart {
    /// The merged histograms of one facet.
    struct Curves {
        let facet: FactorLayout.Facet
        let metric: String
        /// The panels in order.
        let panels: [String]
        /// By panel, then level.
        let histograms: [String: [String: LatencyHistogram]]
        let trials: [Int]

        /// Several metrics of one facet as panels of one picture.
        static func joined(_ all: [Curves], facet: FactorLayout.Facet) -> Curves {
            guard all.count > 1 else { return all[0] }
            var panels: [String] = []
            var histograms: [String: [String: LatencyHistogram]] = [:]
            for curves in all {
                for panel in curves.panels {
                    let name = [Wording.title(curves.metric), panel].filter { !$0.isEmpty }
                        .joined(separator: " · ")
                    panels.append(name)
                    histograms[name] = curves.histograms[panel]
                }
            }
            return Curves(
                facet: facet, metric: "latency", panels: panels, histograms: histograms, trials: all.flatMap(\.trials)
            )
        }
    }

    static func make(_ model: ReportModel, curves: Curves, name: String) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let panels = curves.panels
        let columns = panels.count > 1 ? 2 : 1
        let range = range(of: curves)
        let counts = curves.histograms.values.flatMap(\.values).map { Int($0.count) }
        let what = Wording.title(curves.metric)
        let facet = curves.facet.label.isEmpty ? "" : ": \(curves.facet.label)"
        let page = ChartPage(
            name: name,
            title: "\(what) distribution\(facet)",
            subtitle: "Share of exchanges that took at most so long, from the merged histograms of n = "
                + "\(Wording.range(curves.trials)) trials (\(Wording.magnitude(counts)) exchanges each curve). "
                + "Further left is better.",
            description: ChartCaption.description("Cumulative distribution of \(what.lowercased())", model),
            keys: ChartCaption.keys(model, palette: palette, mark: .line),
            panels: panels.map { panel in
                self.panel(
                    title: panel.isEmpty ? model.run.name : panel, histograms: curves.histograms[panel] ?? [:],
                    levels: model.layout.levels, palette: palette, range: range,
                    plotWidth: ChartPage.plotWidth(columns: columns)
                )
            },
            columns: columns,
            panelHeight: 300,
            insets: ChartPage.Insets(bottom: 54),
            footnotes: panels.flatMap { panel in missing(model, panel: panel, curves: curves) }
                + [ChartCaption.source(model)]
        )
        return page.chart()
    }

    private static func missing(_ model: ReportModel, panel: String, curves: Curves) -> [String] {
        let levels = model.layout.levels.filter { curves.histograms[panel]?[$0] == nil }
        guard !levels.isEmpty else { return [] }
        return ["No histogram\(panel.isEmpty ? "" : " on \(panel)"): \(levels.joined(separator: ", "))."]
    }

    private static func panel(
        title: String, histograms: [String: LatencyHistogram], levels: [String], palette: Palette,
        range: (low: Double, high: Double), plotWidth: Double
    ) -> ChartPage.Panel {
        var commands = [
            "set logscale x 10", PlotText.range("x", range.low, range.high), PlotText.range("y", 0, 100.5),
            LogAxis.ticks(low: range.low, high: range.high, width: plotWidth),
            "set ytics (0, 25, 50, 75, 90, 99)", "set grid xtics",
            "set xlabel 'latency (log scale)' offset 0,0.2 font ',\(ChartTheme.textSize)' "
                + "textcolor rgb '\(Palette.ink)'",
            "set ylabel '% of exchanges' offset character 1.2,0 font ',\(ChartTheme.textSize)' "
                + "textcolor rgb '\(Palette.ink)'",
        ]
        var plots: [String] = []
        for (index, level) in levels.enumerated() {
            guard let histogram = histograms[level], histogram.count > 0 else { continue }
            let style = palette.style(of: level)
            commands += PlotText.block("curve\(index)", points(of: histogram))
            plots.append(
                "$curve\(index) using 1:2 with lines lw 4 dt \(style.dash) lc rgb '\(style.colour)'"
            )
        }
        commands.append("plot " + (plots.isEmpty ? "NaN notitle" : plots.joined(separator: ", ")))
        commands.append("unset grid")
        commands.append("set grid ytics lc rgb '\(Palette.grid)' lw 1.5 lt 1")
        return ChartPage.Panel(title: title, commands: commands)
    }

    /// Nanoseconds and cumulative percent; at most some 500 points, the tail kept whole.
    static func points(of histogram: LatencyHistogram) -> [[Double]] {
        let total = Double(histogram.count)
        var rows: [[Double]] = []
        var sum: UInt64 = 0
        var last = -1.0
        for bucket in histogram.buckets where bucket.count > 0 {
            if rows.isEmpty { rows.append([Double(bucket.value), 0]) }
            sum += UInt64(bucket.count)
            let share = Double(sum) / total * 100
            guard share - last >= 0.2 || share > 99.8 && share - last >= 0.002 || sum >= UInt64(histogram.count) else {
                continue
            }
            rows.append([Double(bucket.value), share])
            last = share
        }
        return rows
    }

    /// The same axis for all panels: from the fastest exchange to the slowest 99.9th percentile.
    private static func range(of curves: Curves) -> (low: Double, high: Double) {
        let all = curves.histograms.values.flatMap(\.values).filter { $0.count > 0 }
        let low = all.map { Double($0.min) }.filter { $0 > 0 }.min() ?? 1_000
        let high = all.map { Double($0.percentile(99.9)) }.max() ?? 1_000_000
        return (low * 0.9, max(high * 1.1, low * 2))
    }
}
