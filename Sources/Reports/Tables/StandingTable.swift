import Contract
import Statistics

/// Every question in a row, every level that is compared in a column: its rank, and what it measured.
enum StandingTable {
    /// What the signs mean.
    static let legend =
        "Ranks: one more than the number of those that are better for certain, by a difference that matters. = shares its "
        + "rank: no difference that matters. ? shares it, since the trials cannot tell. The baseline takes no part."

    static func table(_ standings: [Standing], model: ReportModel) -> ReportTable {
        let levels = model.layout.choices
        let header = VerdictTables.questionHeader(model)
        return ReportTable(
            header: header + levels,
            rows: standings.map { standing in
                let scale = standing.scale
                return VerdictTables.questionCells(standing.question, model: model)
                    + levels.map { level in
                        guard let place = standing.places.first(where: { $0.level == level }) else {
                            return .init("no data", isMissing: true)
                        }
                        return .init(standing.words(of: place), detail: scale.text(place.median))
                    }
            },
            names: header.count)
    }

    /// How many questions are decided, and in how many of those each level is among the best.
    static func summary(_ standings: [Standing], model: ReportModel) -> String {
        let levels = model.layout.choices
        let decided = standings.filter(\.isDecided)
        let ahead = levels.map { level in
            (
                level,
                decided.count { standing in
                    standing.places.contains { $0.level == level && $0.rank == 1 }
                }
            )
        }
        guard !decided.isEmpty else { return "None of \(standings.count) questions is decided." }
        let words = ahead.map { "\($0.0) in \($0.1 == 0 ? "none" : "\($0.1)")" }.joined(separator: ", ")
        return "Of \(standings.count) questions \(decided.count) are decided. Among the best there: \(words)."
    }
}
