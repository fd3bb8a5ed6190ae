import Contract
import Statistics

/// Latency and failures while endpoints change: a panel a level of the compared factor, time from left to right.
enum TimelineChart {
    private static let failure = "#c1272d"

    /// The timelines of a run, so many panels on a picture; none for a run without them.
    static func all(_ model: ReportModel, stem: String, panels: Int) -> [Chart] {
        (TimelinePage(model)?.pages(of: panels) ?? []).enumerated().map { index, page in
            make(model, page: page, name: "\(stem)-\(Timeline.name)\(index == 0 ? "" : "-\(index + 1)")")
        }
    }

    static func make(_ model: ReportModel, page content: TimelinePage, name: String) -> Chart {
        let palette = Palette(levels: model.layout.levels, baseline: model.layout.baseline)
        let columns = content.panels.count > 1 ? 2 : 1
        let height = content.panels.count == 1 ? 320.0 : 240.0
        let insets = ChartPage.Insets(left: 78, right: 52, bottom: 52)
        let counts = content.panels.map(\.trials)
        let bins = Set(content.panels.map(\.timeline.binSeconds))
        let width = UnitScale.fitting(bins.max() ?? 1, unit: "s").text(bins.max() ?? 1)
        let place = content.size.map { ", at \(model.layout.scale?.factor ?? "") \($0.text)" } ?? ""
        let axis = TimelineAxis(content.panels.map(\.timeline))
        let ink = Palette.Style(colour: Palette.ink, dash: 1, point: 7)
        let page = ChartPage(
            name: name,
            title: "Connects while endpoints change\(place)",
            subtitle:
                "Bins of \(width). Of n = \(Wording.range(counts)) trials the one in the middle by failed connects. "
                + "Vertical lines: a change begins; grey: until a client saw it, or the program returned.",
            description: ChartCaption.description("Latency and failed connects over time", model),
            keys: [
                .init(text: "p50", style: ink, mark: .line),
                .init(
                    text: "p99", style: .init(colour: Palette.tint(Palette.ink, 0.45), dash: 1, point: 7), mark: .line),
                .init(text: "failed connects", style: .init(colour: failure, dash: 1, point: 7), mark: .box),
                .init(
                    text: "packets to dead endpoints", style: .init(colour: Palette.ink, dash: 1, point: 4),
                    mark: .point),
            ],
            panels: content.panels.map { panel in
                let colour = palette.style(of: panel.level).colour
                return ChartPage.Panel(
                    title: title(panel),
                    commands: axis.commands(height: height - insets.top - insets.bottom)
                        + commands(panel.timeline, axis: axis, colour: colour),
                    colour: colour
                )
            },
            columns: columns,
            panelHeight: height,
            insets: insets,
            footnotes: missing(model, content) + [ChartCaption.source(model)]
        )
        return page.chart()
    }

    /// `nftables · 12 of 4,210 failed`: connects, as the legend says.
    private static func title(_ panel: TimelinePage.Panel) -> String {
        let failed = "\(Wording.grouped(panel.timeline.failed)) of \(Wording.grouped(panel.timeline.connects)) failed"
        return [panel.level, panel.place, failed].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private static func missing(_ model: ReportModel, _ page: TimelinePage) -> [String] {
        let levels = model.layout.levels.filter { level in !page.panels.contains { $0.level == level } }
        return levels.isEmpty ? [] : ["No timeline here: \(levels.joined(separator: ", "))."]
    }

    private static func commands(_ timeline: Timeline, axis: TimelineAxis, colour: String) -> [String] {
        var commands = timeline.changes.filter { $0.at.isFinite }.flatMap { mark($0) }
        var plots: [String] = []
        func add(_ name: String, _ rows: [[Double]], _ style: String) {
            guard !rows.isEmpty else { return }
            commands += PlotText.block(name, rows)
            plots.append("$\(name) using 1:2 \(style)")
        }
        let middle = { (bin: Timeline.Bin) in bin.at + timeline.binSeconds / 2 }
        let failures = timeline.bins.filter { $0.failed > 0 }.map { [middle($0), Double($0.failed)] }
        commands.append("set boxwidth \(PlotText.number(timeline.binSeconds * 0.9))")
        add("failed", failures, "axes x1y2 with boxes fillstyle solid 1 noborder lc rgb '\(failure)'")
        for (name, value, shade) in [("p99", \Timeline.Bin.p99, 0.45), ("p50", \Timeline.Bin.p50, 1)] {
            // A bin without a latency cuts the line: a bridge over it would claim values.
            let stretches = timeline.bins.split { ($0[keyPath: value] ?? 0) <= 0 }
            for (number, stretch) in stretches.enumerated() {
                let rows = stretch.map { [middle($0), axis.held($0[keyPath: value] ?? .nan)] }
                // gnuplot draws no line through a single point.
                let style = rows.count == 1 ? "points pt 7 ps 0.8" : "lines lw \(shade == 1 ? 3.5 : 2.5)"
                add("\(name)n\(number)", rows, "with \(style) lc rgb '\(Palette.tint(colour, shade))'")
            }
        }
        let dead = timeline.bins.filter { ($0.deadPackets ?? 0) > 0 }.map { [middle($0), Double($0.deadPackets ?? 0)] }
        add("dead", dead, "axes x1y2 with points pt 4 ps 1.1 lw 2 lc rgb '\(Palette.ink)'")
        commands.append("plot " + (plots.isEmpty ? "NaN notitle" : plots.joined(separator: ", ")))
        return commands + ["unset y2tics", "unset y2label", "set ytics nomirror", "set border 3"]
    }

    /// A line where a change begins, and a shade until it is seen.
    private static func mark(_ change: Timeline.Change) -> [String] {
        let at = PlotText.number(change.at)
        var commands = [
            "set arrow from first \(at),graph 0 to first \(at),graph 1 nohead lc rgb '\(Palette.quietInk)' lw 1.5 dt 3 back"
        ]
        if let end = change.visible ?? change.returned, end > change.at {
            commands.append(
                "set object rectangle from first \(at),graph 0 to first \(PlotText.number(end)),graph 1 "
                    + "fillcolor rgb '#ececec' fillstyle solid 1 noborder behind")
        }
        return commands
    }
}
