/// Pieces of gnuplot commands that several charts need.
enum PlotText {
    /// A number for gnuplot: plain or with an exponent, never `inf` or `nan`.
    static func number(_ value: Double) -> String {
        value.isFinite ? "\(value)" : "NaN"
    }

    /// An inline data block.
    static func block(_ name: String, _ rows: [[Double]]) -> [String] {
        ["$\(name) << EOD"] + rows.map { $0.map(number).joined(separator: " ") } + ["EOD"]
    }

    /// A label at a place in the plot's own coordinates; a boxed one hides what it stands on.
    static func label(
        _ text: String, x: Double, y: String, anchor: String = "center", size: Double = ChartTheme.tinySize,
        colour: String = Palette.ink, turned: Bool = false, offset: Double = 0,
        boxed: Bool = false
    ) -> String {
        "set label \(Escape.gnuplot(ChartTheme.fit(text, width: ChartTheme.width, size: size))) at first \(number(x)),\(y) \(anchor)\(turned ? " rotate by 90" : "") "
            + "offset character 0,\(offset) font ',\(size)' textcolor rgb '\(colour)' front\(boxed ? " boxed" : "")"
    }

    /// Named ticks on the x axis, or another.
    static func ticks(_ ticks: [(text: String, at: Double)], axis: String = "x") -> String {
        let named = ticks.map { tick in
            let text = ChartTheme.fit(tick.text, width: ChartTheme.width / 2, size: ChartTheme.smallSize)
            // gnuplot reads the names of ticks as formats.
            return "\(Escape.gnuplot(text, asFormat: true)) \(number(tick.at))"
        }
        return "set \(axis)tics (" + named.joined(separator: ", ") + ") scale 0"
    }

    /// A rounded upper end for an axis that starts at zero.
    static func range(_ name: String, _ low: Double, _ high: Double) -> String {
        "set \(name)range [\(number(low)):\(number(high))]"
    }

    /// Draws the data of columns as lines with end pieces, as `x:y:dx:dy`: gnuplot's error bars would leave a white
    /// dot.
    static func whiskers(_ block: String, _ columns: String, width: Double, colour: String) -> String {
        "$\(block) using \(columns) with vectors heads size screen 0.003,90 lw \(width) lc rgb '\(colour)'"
    }
}
