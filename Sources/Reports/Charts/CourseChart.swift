import Contract
import Statistics

/// What happened when: conditions as bands, findings as bars, quantities as lines, on the run's own axis.
enum CourseChart {
    private static let rowHeight = 19.0
    private static let longestName = 340.0
    private static let mostRows = 40
    private static let mostLines = 7
    private static let mostUnits = 3
    private static let lineHeight = 190.0
    private static let colours: [Course.Row.Role: String] = [
        .step: "#8a8a8a", .condition: "#56b4e9", .finding: "#d55e00",
    ]
    private static let words: [Course.Row.Role: String] = [
        .step: "step", .condition: "changed on purpose", .finding: "found",
    ]

    /// The picture; none of a run that recorded nothing of the kind.
    static func all(_ model: ReportModel, stem: String) -> [Chart] {
        guard let course = Course(model) else { return [] }
        return [make(model, course, name: "\(stem)-timeline")]
    }

    private static func make(_ model: ReportModel, _ course: Course, name: String) -> Chart {
        let rows = Array(course.rows.prefix(mostRows))
        var units: [String] = []
        for line in course.lines where !units.contains(line.unit) { units.append(line.unit) }
        let names = rows.map { ChartTheme.width(of: $0.name, size: ChartTheme.tinySize) }.max() ?? 0
        let insets = ChartPage.Insets(left: max(70, min(longestName, names) + 14), right: 16, top: 30, bottom: 42)
        let shown = units.prefix(mostUnits).map { unit in
            Array(course.lines.filter { $0.unit == unit }.prefix(mostLines))
        }
        let palette = Palette(levels: Array(Set(shown.flatMap { $0.map(\.name) })).sorted(), baseline: nil)
        let bands = rows.filter { $0.role == .condition }.flatMap(\.stretches)
        let heights =
            (rows.isEmpty ? [] : [Double(rows.count) * rowHeight + insets.top + insets.bottom])
            + shown.map { _ in lineHeight }
        let panels =
            (rows.isEmpty ? [] : [ChartPage.Panel(title: "What held when", commands: lanes(rows, end: course.end))])
            + shown.map { lines in
                ChartPage.Panel(
                    title: lines[0].heading ?? (lines.count == 1 ? lines[0].name : ""),
                    commands: plot(lines, bands: bands, end: course.end, palette: palette))
            }
        let roles = [Course.Row.Role.step, .condition, .finding].filter { role in rows.contains { $0.role == role } }
        let drawn = shown.reduce(0) { $0 + $1.count }
        return ChartPage(
            name: name, title: "Timeline of \(model.run.name)",
            subtitle: "Seconds since the run began; shades behind lines are what was changed on purpose.",
            description:
                "Timeline: \(Wording.count(rows.count, "row")) of what held when, \(Wording.count(drawn, "line")).",
            keys: roles.map { .init(text: words[$0] ?? "", style: style(colours[$0] ?? Palette.ink), mark: .box) }
                + shown.filter { $0.count > 1 }.flatMap { lines in
                    lines.map {
                        .init(
                            text: $0.name, style: palette.style(of: $0.name), mark: $0.isDotted ? .point : .line)
                    }
                },
            panels: panels, panelHeights: heights, insets: insets,
            footnotes: left(course, rows: rows.count, lines: drawn) + [ChartCaption.source(model)]
        ).chart()
    }

    private static func style(_ colour: String) -> Palette.Style { .init(colour: colour, dash: 1, point: 7) }

    private static func left(_ course: Course, rows: Int, lines: Int) -> [String] {
        var words: [String] = []
        if course.rows.count > rows { words.append(Wording.count(course.rows.count - rows, "row")) }
        if course.lines.count > lines {
            words.append(Wording.count(course.lines.count - lines, "line"))
        }
        return words.isEmpty ? [] : ["Not drawn: \(words.joined(separator: ", "))."]
    }

    private static func timeAxis(_ end: Double) -> [String] {
        [
            PlotText.range("x", 0, end), "set xtics autofreq scale 0.6",
            "set xlabel 'seconds' offset 0,0.4 font ',\(ChartTheme.textSize)' textcolor rgb '\(Palette.ink)'",
        ]
    }

    private static func lanes(_ rows: [Course.Row], end: Double) -> [String] {
        var commands = timeAxis(end)
        commands += [
            PlotText.range("y", Double(rows.count) - 0.5, -0.5),
            PlotText.ticks(
                rows.enumerated().map {
                    (
                        ChartTheme.fitEnds($0.element.name, width: longestName, size: ChartTheme.tinySize),
                        Double($0.offset)
                    )
                }, axis: "y") + " font ',\(ChartTheme.tinySize)'",
        ]
        // What was too short to see is still seen.
        let least = end / 400
        for (index, row) in rows.enumerated() {
            let colour = colours[row.role] ?? Palette.ink
            let half = row.role == .finding ? 0.26 : 0.38
            for stretch in row.stretches {
                let stop = min(end, max(stretch.end, stretch.start + least))
                commands.append(
                    "set object rectangle from first \(PlotText.number(stretch.start)),\(PlotText.number(Double(index) - half)) "
                        + "to first \(PlotText.number(stop)),\(PlotText.number(Double(index) + half)) "
                        + "fillcolor rgb '\(colour)' fillstyle solid 1 noborder")
                if stretch.isOpen {
                    commands.append(
                        PlotText.label(
                            "›", x: stop, y: PlotText.number(Double(index)), anchor: "right",
                            size: ChartTheme.textSize, colour: "#ffffff"))
                }
            }
        }
        return commands + ["plot NaN notitle"]
    }

    private static func plot(
        _ lines: [Course.Line], bands: [Course.Stretch], end: Double, palette: Palette
    ) -> [String] {
        let values = lines.flatMap(\.points).compactMap(\.value).filter(\.isFinite)
        let scale = UnitScale.fitting(values.map(abs).max() ?? 1, unit: lines.first?.unit ?? "1")
        let (low, high) = (min(0, values.min() ?? 0), max(values.max() ?? 1, 0))
        var commands = timeAxis(end)
        commands += [
            "set ytics autofreq",
            PlotText.range("y", low * scale.factor * 1.08, high > low ? high * scale.factor * 1.1 : scale.factor),
            ChartCaption.yLabel(scale),
        ]
        commands += bands.map {
            "set object rectangle from first \(PlotText.number($0.start)),graph 0 to first \(PlotText.number($0.end)),graph 1 "
                + "fillcolor rgb '#e4f1fa' fillstyle solid 1 noborder behind"
        }
        var plots: [String] = []
        for (number, line) in lines.enumerated() {
            let stretches = line.points.split { $0.value?.isFinite != true }
            let style = palette.style(of: line.name)
            for (part, stretch) in stretches.enumerated() {
                let rows = stretch.map { [$0.at, ($0.value ?? 0) * scale.factor] }
                let name = "l\(number)p\(part)"
                commands += PlotText.block(name, rows)
                let look =
                    line.isDotted || rows.count == 1
                    ? "points pt \(style.point) ps 1" : "lines lw 2.5 dt \(style.dash)"
                plots.append("$\(name) using 1:2 with \(look) lc rgb '\(style.colour)'")
            }
        }
        return commands + ["plot " + (plots.isEmpty ? "NaN notitle" : plots.joined(separator: ", "))]
    }
}
