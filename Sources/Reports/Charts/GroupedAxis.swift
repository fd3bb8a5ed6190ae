/// Places on the x axis: levels of the compared factor side by side, grouped by the panel factor.
struct GroupedAxis {
    let panels: [String]
    let levels: [String]
    /// The width of the plot in points.
    let plotWidth: Double
    private let gap = 0.9

    var unitsPerGroup: Double { Double(levels.count) + gap }
    var low: Double { -0.5 - gap / 2 }
    var high: Double { Double(panels.count) * unitsPerGroup - 0.5 - gap / 2 }
    /// How many points one level has.
    var slot: Double { plotWidth / (high - low) }

    func position(panel: Int, level: Int) -> Double {
        Double(panel) * unitsPerGroup + Double(level)
    }

    /// The axis' range and the names of the groups, cut where they would meet.
    var commands: [String] {
        let room = slot * unitsPerGroup - 6
        let ticks = panels.enumerated().map { index, name in
            (
                text: ChartTheme.fit(name, width: room, size: ChartTheme.smallSize),
                at: Double(index) * unitsPerGroup + Double(levels.count - 1) / 2
            )
        }
        return [PlotText.range("x", low, high), PlotText.ticks(ticks)]
    }

    /// The names of levels, cut where they would meet.
    func levelTicks(_ levels: [String]) -> [String] {
        levels.map { ChartTheme.fit($0, width: slot - 4, size: ChartTheme.smallSize) }
    }

    /// Two panels a row while one level still has room for its number; else one.
    static func columns(count: Int, panels: [String], levels: [String]) -> Int {
        guard count > 1 else { return 1 }
        let axis = GroupedAxis(panels: panels, levels: levels, plotWidth: ChartPage.plotWidth(columns: 2))
        return axis.slot >= 21 ? 2 : 1
    }

    /// Text standing up where a value is missing, in the level's colour.
    func missing(_ cell: Cell, x: Double, colour: String) -> String {
        PlotText.label(
            "× " + cell.missingText, x: x, y: "graph 0.03", anchor: "left", size: ChartTheme.smallSize, colour: colour,
            turned: true
        )
    }
}
