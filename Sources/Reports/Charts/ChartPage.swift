/// A page with a title, a subtitle, a legend, panels in a grid, and footnotes, as gnuplot commands.
///
/// All places are reckoned in points from the top left; nothing is left to gnuplot's own layout, so that texts cannot
/// meet and the same data always gives the same picture.
struct ChartPage {
    /// An entry of the legend.
    struct Key {
        enum Mark { case box, line, point, curve }
        let text: String
        let style: Palette.Style
        let mark: Mark
    }

    /// Room around the plot of a panel, in points: for its heading, tick labels and axis label.
    struct Insets {
        var left = 66.0
        var right = 12.0
        var top = 32.0
        var bottom = 36.0
    }

    /// One plot.
    struct Panel {
        var title: String
        /// Commands that set the axes and end with one `plot`.
        var commands: [String]
        /// The colour of the heading, when it names a level.
        var colour: String?
        /// Other insets than the page's.
        var insets: Insets?
    }

    var name: String
    var title: String
    var subtitle: String
    var description: String
    var keys: [Key] = []
    var panels: [Panel]
    var columns = 1
    var panelHeight = 250.0
    /// Heights of panels that stand one below the other, in place of equal ones.
    var panelHeights: [Double] = []
    var insets = Insets()
    var footnotes: [String] = []
    /// Left edges and widths of panels in one row, in place of equal columns.
    var spans: [(x: Double, width: Double)] = []

    func chart() -> Chart {
        let layout = Layout(page: self)
        var lines = ["set multiplot"]
        lines += furniture(layout)
        for (index, panel) in panels.enumerated() {
            lines += self.commands(for: panel, index: index, layout: layout)
        }
        lines.append("unset multiplot")
        return Chart(
            name: name, title: title, description: description, width: Int(ChartTheme.width * ChartTheme.scale),
            height: Int(layout.height * ChartTheme.scale), script: lines.joined(separator: "\n")
        )
    }

    /// The width of one panel's plot in points.
    static func plotWidth(columns: Int, insets: Insets = Insets()) -> Double {
        (ChartTheme.width - 2 * ChartTheme.margin) / Double(columns) - insets.left - insets.right
    }

    private func commands(for panel: Panel, index: Int, layout: Layout) -> [String] {
        let frame = layout.frame(ofPanel: index)
        let insets = panel.insets ?? insets
        let left = frame.x + insets.left
        let right = frame.x + frame.width - insets.right
        let top = frame.y + insets.top
        let bottom = frame.y + frame.height - insets.bottom
        let heading = ChartTheme.fit(panel.title, width: right - left, size: ChartTheme.textSize)
        return [
            "set lmargin at screen \(layout.x(left))",
            "set rmargin at screen \(layout.x(right))",
            "set tmargin at screen \(layout.y(top))",
            "set bmargin at screen \(layout.y(bottom))",
            layout.text(
                heading, x: left, y: top - 13, size: ChartTheme.textSize, bold: true,
                colour: panel.colour ?? Palette.ink
            ),
        ] + panel.commands + [
            "unset label", "unset object", "unset arrow", "unset xlabel", "unset ylabel", "unset logscale",
            "set xtics auto", "set ytics auto",
        ]
    }

    /// Title, subtitle, legend and footnotes: drawn with the first plot, for only plots draw labels.
    private func furniture(_ layout: Layout) -> [String] {
        var lines = [
            "unset key", "set border 3 lc rgb '\(Palette.quietInk)' lw 1.5",
            "set tics nomirror out scale 0.6 textcolor rgb '\(Palette.ink)' font ',\(ChartTheme.smallSize)'",
            "set grid ytics lc rgb '\(Palette.grid)' lw 1.5 lt 1", "set bars 0.6",
            "set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.2,0.2",
        ]
        lines.append(
            layout.text(title, x: ChartTheme.margin, y: 22, size: ChartTheme.titleSize, bold: true)
        )
        for (index, line) in layout.subtitle.enumerated() {
            lines.append(
                layout.text(
                    line, x: ChartTheme.margin, y: 44 + Double(index) * Layout.lineHeight, size: ChartTheme.smallSize,
                    colour: Palette.quietInk
                )
            )
        }
        for (index, place) in layout.keyPlaces.enumerated() { lines += layout.key(keys[index], at: place) }
        for (index, line) in layout.footnotes.enumerated() {
            let y = layout.footTop + Double(index) * Layout.lineHeight + 8
            lines.append(
                layout.text(line, x: ChartTheme.margin, y: y, size: ChartTheme.tinySize, colour: Palette.quietInk)
            )
        }
        return lines
    }
}
