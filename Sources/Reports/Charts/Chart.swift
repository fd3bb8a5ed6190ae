/// One picture: a gnuplot script with its data inline, and what a reader needs beside it.
///
/// Pure; nothing is drawn yet.
public struct Chart: Sendable, Equatable {
    /// The file name without its extension.
    public let name: String
    /// The heading.
    public let title: String
    /// What the picture shows, in one sentence, for those who cannot see it.
    public let description: String
    /// Width and height in pixels; twice the size at which it is meant to be read.
    public let width: Int
    /// See `width`.
    public let height: Int
    /// gnuplot commands, without terminal and output.
    public let script: String

    /// The commands that draw the chart as a PNG on gnuplot's standard output.
    public var commands: String {
        """
        reset session
        set encoding utf8
        set terminal pngcairo noenhanced truecolor font 'DejaVu Sans,10' fontscale \(ChartTheme.fontScale) \
        size \(width),\(height) background rgb '#ffffff'
        set output
        \(script)
        unset output

        """
    }

    /// The same picture under another name.
    func renamed(_ name: String) -> Chart {
        Chart(name: name, title: title, description: description, width: width, height: height, script: script)
    }
}
