import Contract
import Statistics

/// The curves of one place as gnuplot commands: bands below, lines, points, and crossovers on top.
struct ScalePanel {
    let set: CurveSet
    let scale: FactorScale
    let palette: Palette
    /// The width and height of the plot in points.
    let width: Double
    let height: Double
    let values: ValueAxis
    let published: [PublishedPoint]

    var commands: [String] {
        let sizes = ScaleAxis(scale: scale, isLogarithmic: set.axes.isXLogarithmic, width: width)
        var commands = sizes.commands + values.commands(height: height)
        var bands: [String] = []
        var lines: [String] = []
        var points: [String] = []
        for (index, curve) in set.curves.enumerated() {
            let style = palette.style(of: curve.level)
            let dots = curve.points.compactMap { point in
                point.median.map { [point.size.value, values.place($0)] }
            }
            commands += PlotText.block("points\(index)", dots)
            // White below the point keeps the line from showing through it.
            points += [
                "$points\(index) using 1:2 with points pt \(style.point) ps 2.1 lc rgb '#ffffff'",
                "$points\(index) using 1:2 with points pt \(style.point) ps 1.5 lc rgb '\(style.colour)'",
            ]
            for (number, stretch) in curve.stretches(where: { $0.interval != nil }).enumerated() {
                let name = "band\(index)n\(number)"
                commands += PlotText.block(name, stretch.map(edges))
                bands.append(band(name, isSingle: stretch.count == 1, colour: style.colour))
            }
            for (number, stretch) in curve.stretches(where: { $0.median != nil }).enumerated() where stretch.count > 1 {
                let name = "line\(index)n\(number)"
                commands += PlotText.block(name, stretch.map { [$0.size.value, values.place($0.median ?? .nan)] })
                lines.append("$\(name) using 1:2 with lines lw 4 dt \(style.dash) lc rgb '\(style.colour)'")
            }
        }
        let marks = crossings(sizes: sizes)
        let others = publishedMarks
        let rings = knees
        commands += others.commands + rings.commands + marks.commands
        let plots = bands + lines + points + others.plots + rings.plots + marks.plots
        commands.append("plot " + (plots.isEmpty ? "NaN notitle" : plots.joined(separator: ", ")))
        return commands
    }

    /// Size, lower and upper end of the interval.
    private func edges(_ point: Curve.Point) -> [Double] {
        let interval = point.interval ?? Interval(lower: .nan, upper: .nan)
        return [point.size.value, values.place(interval.lower), values.place(interval.upper)]
    }

    /// A band is as wide as the sizes that it joins; a single size gets a whisker.
    private func band(_ name: String, isSingle: Bool, colour: String) -> String {
        isSingle
            ? PlotText.whiskers(name, "1:2:(0):($3-$2)", width: 2.5, colour: colour)
            : "$\(name) using 1:2:3 with filledcurves fillstyle transparent solid 0.2 noborder lc rgb '\(colour)'"
    }

    /// A ring around the knee of each curve that has bent.
    private var knees: (commands: [String], plots: [String]) {
        let bent = set.curves.compactMap { curve in
            curve.knee.flatMap { knee in
                knee.isLowerBound ? nil : (knee: knee, colour: palette.style(of: curve.level).colour)
            }
        }
        return (
            bent.enumerated().flatMap { index, ring in
                PlotText.block("knee\(index)", [[ring.knee.x, values.place(ring.knee.y)]])
            },
            bent.enumerated().map { index, ring in
                "$knee\(index) using 1:2 with points pt 6 ps 3.4 lw 3 lc rgb '\(ring.colour)'"
            }
        )
    }

    /// Published numbers as open symbols, a block a mode.
    private var publishedMarks: (commands: [String], plots: [String]) {
        let modes = PublishedStyle.modes(published.map(\.source))
        var commands: [String] = []
        var plots: [String] = []
        for (index, mode) in modes.enumerated() {
            let style = PublishedStyle.style(of: mode, among: modes)
            commands += PlotText.block(
                "published\(index)",
                published.filter { $0.source.name == mode }.map { [$0.source.size, values.place($0.value)] }
            )
            plots.append(
                "$published\(index) using 1:2 with points pt \(style.point) ps 1.8 lw 3 lc rgb '\(style.colour)'")
        }
        return (commands, plots)
    }

    /// Clear crossovers as diamonds with whiskers, numbered by their size where the numbers do not meet.
    private func crossings(sizes: ScaleAxis) -> (commands: [String], plots: [String]) {
        let clear = set.pairs.flatMap(\.crossovers).filter(\.isClear)
        guard !clear.isEmpty else { return ([], []) }
        var commands: [String] = []
        var taken: [(x: Double, y: Double, width: Double)] = []
        for crossing in clear {
            let text = scale.text(crossing.x)
            let box = (
                x: sizes.share(crossing.x) * width, y: values.share(crossing.y) * height,
                width: ChartTheme.width(of: text, size: ChartTheme.smallSize)
            )
            let meets = taken.contains { abs($0.x - box.x) < ($0.width + box.width) / 2 + 4 && abs($0.y - box.y) < 18 }
            guard !meets, box.x > box.width / 2, box.x < width - box.width / 2 else { continue }
            taken.append(box)
            commands.append(
                PlotText.label(
                    text, x: crossing.x, y: PlotText.number(values.place(crossing.y)), size: ChartTheme.smallSize,
                    offset: 1.1, boxed: true
                )
            )
        }
        commands += PlotText.block(
            "crossings",
            clear.map { crossing in
                let interval = crossing.interval ?? Interval(lower: crossing.x, upper: crossing.x)
                return [
                    crossing.x, values.place(crossing.y), max(interval.lower, sizes.low),
                    min(interval.upper, sizes.high),
                ]
            }
        )
        return (
            commands,
            [
                PlotText.whiskers("crossings", "3:2:($4-$3):(0)", width: 2.5, colour: Palette.ink),
                "$crossings using 1:2 with points pt 13 ps 2.6 lc rgb '\(Palette.ink)'",
                "$crossings using 1:2 with points pt 13 ps 1.5 lc rgb '#ffffff'",
            ]
        )
    }
}
