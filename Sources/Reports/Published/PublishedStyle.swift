import Contract

/// How published numbers are drawn: open symbols and dotted lines in ink, so that nobody takes them for measured ones.
enum PublishedStyle {
    /// gnuplot's open triangles, square and circle, by the order in which modes were published.
    private static let points = [8, 10, 4, 6]

    /// The style of a mode among those that a page shows.
    static func style(of mode: String, among modes: [String]) -> Palette.Style {
        let index = modes.firstIndex(of: mode) ?? 0
        return Palette.Style(colour: Palette.ink, dash: 3, point: points[index % points.count])
    }

    /// The modes of published numbers, each once.
    static func modes(_ published: [PublishedLatency]) -> [String] {
        var seen = Set<String>()
        return published.map(\.name).filter { seen.insert($0).inserted }
    }

    /// A legend entry a mode.
    static func keys(_ published: [PublishedLatency], mark: ChartPage.Key.Mark) -> [ChartPage.Key] {
        let modes = modes(published)
        return modes.compactMap { mode in
            published.first { $0.name == mode }.map {
                ChartPage.Key(text: $0.label, style: style(of: mode, among: modes), mark: mark)
            }
        }
    }
}
