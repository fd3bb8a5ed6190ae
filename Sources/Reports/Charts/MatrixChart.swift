import Contract
import Statistics

/// Tables of two factors as pictures: a box for each pair of levels, with what was found in it, in words and in colour.
enum MatrixChart {
    /// One box.
    struct Box: Equatable {
        let column: Int
        let row: Int
        let colour: String
        let ink: String
        let words: String
    }

    /// A table of boxes.
    struct Grid {
        var title: String
        var rows: [String]
        var columns: [String]
        var boxes: [Box]
        /// What names of rows may take, in points; longer ones are cut in their middle.
        var longestRowName = MatrixChart.longestName
    }

    private static let passed = "#cfe3f2"
    private static let failed = "#d55e00"
    private static let shown = "#e6e6e6"
    private static let untested = "#ffffff"
    static let nothing = "#f4f4f4"
    static let white = "#ffffff"

    /// What was found: one picture for each combination of the other factors.
    static func findings(_ model: ReportModel, stem: String) -> [Chart] {
        guard let design = model.run.design.matrix else { return [] }
        return model.matrices.enumerated().map { index, matrix in
            let grid = Grid(
                title: matrix.title, rows: matrix.rows, columns: matrix.columns,
                boxes: zip(matrix.entries.indices, matrix.entries).flatMap { row, entries in
                    entries.enumerated().compactMap { column, entry in
                        entry.map { box(column: column, row: row, $0) }
                    }
                })
            return page(
                model, grid,
                name: "\(stem)-findings\(index == 0 ? "" : "-\(index + 1)")",
                title: "From each \(design.rows) to each \(design.columns)",
                subtitle: FindingTables.summary(model) + " Rows: \(design.rows). Columns: \(design.columns).",
                keys: [
                    key("as expected", passed), key("not as expected", failed), key("shown, not judged", shown),
                    key("not tested", untested),
                ].filter { key in grid.boxes.contains { $0.colour == key.style.colour } })
        }
    }

    private static func box(column: Int, row: Int, _ entry: FindingMatrix.Entry) -> Box {
        let (colour, ink) =
            switch entry.verdict {
            case .passed: (passed, Palette.ink)
            case .failed: (failed, white)
            case .shown: (shown, Palette.ink)
            case nil: (untested, Palette.quietInk)
            }
        let sign = entry.verdict == .failed ? "✗ " : entry.verdict == .passed ? "✓ " : ""
        return Box(column: column, row: row, colour: colour, ink: ink, words: sign + entry.found)
    }

    /// A metric: the darker, the larger; one picture for each combination of the other factors.
    static func metric(_ metric: Metric, _ model: ReportModel, stem: String) -> [Chart] {
        guard let design = model.run.design.matrix else { return [] }
        let values = Dictionary(grouping: model.run.trials) { $0.factors }
            .compactMapValues { trials in Descriptive.median(trials.compactMap { $0.value(of: metric.name) }) }
        let others = model.run.design.factors.filter {
            $0.name != design.rows && $0.name != design.columns && $0.levels.count > 1
        }.map(\.name)
        return model.matrices.enumerated().compactMap { index, matrix in
            let here = values.filter { factors, _ in
                others.compactMap { factors[$0] }.joined(separator: " · ") == matrix.title
            }
            guard here.count > 1, let least = here.values.min(), let most = here.values.max() else { return nil }
            let shades = Shades(least: least, most: most)
            let scale = UnitScale.fitting(most, unit: metric.unit)
            let places = Dictionary(
                here.map { ([$0.key[design.rows] ?? "", $0.key[design.columns] ?? ""], $0.value) }
            ) { first, _ in first }
            let boxes = matrix.rows.enumerated().flatMap { row, name in
                matrix.columns.enumerated().compactMap { column, other -> Box? in
                    guard let value = places[[name, other]] else {
                        return Box(column: column, row: row, colour: nothing, ink: Palette.quietInk, words: "–")
                    }
                    let step = shades.step(of: value)
                    return Box(
                        column: column, row: row, colour: Shades.colours[step],
                        ink: step >= Shades.colours.count - 2 ? white : Palette.ink, words: scale.text(value))
                }
            }
            return page(
                model, Grid(title: matrix.title, rows: matrix.rows, columns: matrix.columns, boxes: boxes),
                name: "\(stem)-\(Escape.fileName(metric.name))\(index == 0 ? "" : "-\(index + 1)")",
                title: Wording.title(of: metric),
                subtitle: metric.description.prefix(1).uppercased()
                    + metric.description.dropFirst() + ". Rows: \(design.rows). Columns: \(design.columns).",
                keys: shades.bounds.enumerated().map { step, bound in
                    key("up to \(scale.text(bound))", Shades.colours[step])
                })
        }
    }

    static func key(_ words: String, _ colour: String) -> ChartPage.Key {
        .init(text: words, style: .init(colour: colour, dash: 1, point: 7), mark: .box)
    }

    // MARK: The page

    fileprivate static let longestName = 190.0
    /// What a name that stands aslant takes of a row of columns, in points.
    private static let leastColumn = 16.0
    private static let rowHeights = 6.0...26.0

    static func page(
        _ model: ReportModel, _ grid: Grid, name: String, title: String, subtitle: String, keys: [ChartPage.Key],
        summary: String? = nil
    ) -> Chart {
        func widest(_ names: [String], _ room: Double = longestName) -> Double {
            min(room, names.map { ChartTheme.width(of: $0, size: ChartTheme.tinySize) }.max() ?? 0)
        }
        let rowHeight = min(rowHeights.upperBound, max(rowHeights.lowerBound, 900 / Double(max(1, grid.rows.count))))
        let hasRowNames = grid.rows.count <= 75
        var insets = ChartPage.Insets(
            left: hasRowNames ? widest(grid.rows, grid.longestRowName) + 14 : 24, right: 14,
            top: grid.title.isEmpty ? 10 : 32, bottom: 24)
        let hasColumnNames =
            Double(grid.columns.count) * leastColumn <= ChartPage.plotWidth(columns: 1, insets: insets)
        if hasColumnNames {
            // They hang to the left of their places.
            insets.left = max(insets.left, widest(Array(grid.columns.prefix(1))) * 0.79 - 20)
            insets.bottom += widest(grid.columns) * 0.62
        }
        let plotWidth = ChartPage.plotWidth(columns: 1, insets: insets)
        // Few columns would make boxes as wide as the page.
        let columnWidth = min(plotWidth / Double(max(1, grid.columns.count)), 150)
        let height = rowHeight * Double(grid.rows.count) + insets.top + insets.bottom
        let span = columnWidth * Double(grid.columns.count) + insets.left + insets.right
        return ChartPage(
            name: name, title: title, subtitle: subtitle,
            description:
                "\(title): \(grid.rows.count) rows and \(grid.columns.count) columns. "
                + (summary ?? FindingTables.summary(model)),
            keys: keys,
            panels: [
                .init(
                    title: grid.title,
                    commands: commands(
                        grid, columnWidth: columnWidth, rowHeight: rowHeight, hasColumnNames: hasColumnNames,
                        hasRowNames: hasRowNames))
            ],
            panelHeight: height, insets: insets, footnotes: [ChartCaption.source(model)],
            spans: [(x: ChartTheme.margin, width: span)]
        ).chart()
    }

    private static func commands(
        _ grid: Grid, columnWidth: Double, rowHeight: Double, hasColumnNames: Bool, hasRowNames: Bool
    ) -> [String] {
        var commands = [
            "unset border", "unset grid",
            PlotText.range("x", -0.5, Double(grid.columns.count) - 0.5),
            PlotText.range("y", Double(grid.rows.count) - 0.5, -0.5),
        ]
        commands.append(
            hasColumnNames
                ? PlotText.ticks(grid.columns.enumerated().map { (short($0.element), Double($0.offset)) })
                    + " rotate by 38 right font ',\(ChartTheme.tinySize)'" : "unset xtics")
        commands.append(
            hasRowNames
                ? PlotText.ticks(
                    grid.rows.enumerated().map { (short($0.element, grid.longestRowName), Double($0.offset)) },
                    axis: "y")
                    + " font ',\(ChartTheme.tinySize)'" : "unset ytics")
        // Between boxes stands a line of white, thinner where they are small.
        let (dx, dy) = (0.5 - min(0.04, 0.8 / columnWidth), 0.5 - min(0.05, 0.8 / rowHeight))
        var plots: [String] = []
        let colours = Dictionary(grouping: grid.boxes, by: \.colour).sorted { $0.key < $1.key }
        for (index, (colour, boxes)) in colours.enumerated() {
            commands += PlotText.block("boxes\(index)", boxes.map { [Double($0.column), Double($0.row)] })
            let border = colour == untested ? "border lc rgb '\(Palette.baseline)'" : "noborder"
            plots.append(
                "$boxes\(index) using 1:2:(\(PlotText.number(dx))):(\(PlotText.number(dy))) with boxxyerror "
                    + "fillstyle solid 1 \(border) fillcolor rgb '\(colour)'")
        }
        if rowHeight >= 13 {
            let size = ChartTheme.tinySize
            for box in grid.boxes {
                // A sign alone still tells without colours.
                let words =
                    fits(box.words, columnWidth) ? box.words : fits("✗✗", columnWidth) ? sign(of: box.words) : ""
                guard !words.isEmpty else { continue }
                commands.append(
                    PlotText.label(
                        words, x: Double(box.column), y: PlotText.number(Double(box.row)), size: size,
                        colour: box.ink))
            }
        }
        commands.append("plot " + (plots.isEmpty ? "NaN notitle" : plots.joined(separator: ", ")))
        return commands
    }

    private static func sign(of words: String) -> String {
        guard let first = words.first, first == "✓" || first == "✗" else { return "" }
        return String(first)
    }

    private static func fits(_ words: String, _ width: Double) -> Bool {
        ChartTheme.width(of: words, size: ChartTheme.tinySize) <= width - 4
    }

    private static func short(_ name: String, _ room: Double = longestName) -> String {
        ChartTheme.fitEnds(name, width: room, size: ChartTheme.tinySize)
    }
}
