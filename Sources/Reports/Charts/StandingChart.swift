import Contract
import Statistics

/// Who is better at what, on one page: a row for each question, a column for each level.
enum StandingChart {
    /// What fits on a page that can still be read.
    static let rows = 60

    static func all(_ model: ReportModel, stem: String) -> [Chart] {
        let standings = model.standings
        guard standings.count > 1 else { return [] }
        let shown = selection(of: standings)
        let levels = model.layout.choices
        let boxes = shown.enumerated().flatMap { row, standing in
            let scale = standing.scale
            return levels.enumerated().compactMap { column, level -> MatrixChart.Box? in
                guard let place = standing.places.first(where: { $0.level == level }) else {
                    return MatrixChart.Box(
                        column: column, row: row, colour: MatrixChart.nothing, ink: Palette.quietInk, words: "–")
                }
                let look = look(of: place, in: standing)
                return MatrixChart.Box(
                    column: column, row: row, colour: look.colour, ink: look.ink,
                    words: "\(standing.words(of: place))   \(scale.text(place.median))")
            }
        }
        let rest = standings.count - shown.count
        return [
            MatrixChart.page(
                model,
                MatrixChart.Grid(
                    title: "", rows: shown.map(\.question.label), columns: levels, boxes: boxes,
                    // A question is its whole name.
                    longestRowName: 460),
                name: "\(stem)-standings", title: "Who is better at what",
                subtitle: StandingTable.summary(standings, model: model)
                    + " Numbers: medians. = no difference that matters, "
                    + "? the trials cannot tell. ↑ more is better, ↓ less is better."
                    + (rest > 0 ? " Decided questions come first; \(rest) more are in the report." : ""),
                keys: [
                    MatrixChart.key("better than others", best), MatrixChart.key("worse than others", worse),
                    MatrixChart.key("no difference that matters", equal),
                    MatrixChart.key("the trials cannot tell", unknown),
                ].filter { key in boxes.contains { $0.colour == key.style.colour } },
                summary: StandingTable.summary(standings, model: model))
        ]
    }

    /// As many as fit: those that are decided go before others where not all do.
    static func selection(of standings: [Standing]) -> [Standing] {
        guard standings.count > rows else { return standings }
        return Array((standings.filter(\.isDecided) + standings.filter { !$0.isDecided }).prefix(rows))
    }

    private static let best = "#a9cfe8"
    private static let worse = "#f3c9ad"
    private static let equal = "#ececec"
    private static let unknown = "#fafafa"

    private static func look(of place: Standing.Place, in standing: Standing) -> (colour: String, ink: String) {
        if place.rank > 1 { return (worse, Palette.ink) }
        if standing.isDecided { return (best, Palette.ink) }
        return place.tie == .equal ? (equal, Palette.ink) : (unknown, Palette.quietInk)
    }
}
