import Statistics
import Watches

/// What was put in, a row each, by what was found, a column each.
struct ConfusionTable {
    let title: String
    let notes: [String]
    let rows: [(title: String, score: FaultScore)]
    /// Seconds of a window.
    let window: Double

    func print() {
        var found: Set<FaultLabel> = []
        for row in rows {
            for columns in row.score.confusion.values { found.formUnion(columns.keys.compactMap(\.self)) }
        }
        let labels = found.sorted()
        var table = MarkdownTable(
            title, columns: ["fault", "n", "right", "beside it", "median s"] + labels.map(\.description) + ["nothing"],
            notes: notes)
        for row in rows { table.add(cells(of: row.score, row.title, labels)) }
        let (right, all) = rows.reduce((0, 0)) { ($0.0 + $1.score.right, $0.1 + $1.score.injected) }
        table.add(
            ["all", "\(all)", Figure.percent(Double(right) / Double(max(all, 1)))]
                + ["\(rows.reduce(0) { $0 + $1.score.extra })", ""] + labels.map { _ in "" } + [""])
        table.print()
    }

    private func cells(of score: FaultScore, _ title: String, _ labels: [FaultLabel]) -> [String] {
        var counts: [FaultLabel?: Int] = [:]
        for columns in score.confusion.values { counts.merge(columns, uniquingKeysWith: +) }
        let delays = score.delays.map { $0 * window }
        return [
            title, "\(score.injected)", Figure.percent(score.rightShare), "\(score.extra)",
            Figure.text(Descriptive.median(delays)),
        ] + labels.map { "\(counts[$0] ?? 0)" } + ["\(counts[nil] ?? 0)"]
    }

    /// Shares of faults that were there two at a time.
    static func pairs(_ title: String, _ score: FaultScore) -> MarkdownTable {
        var table = MarkdownTable(
            title, columns: ["", "n", "share"],
            notes: ["Two kinds at random places; right: kind and place of a fault; exact: both, and nothing else."])
        table.add(["right", "\(score.injected)", Figure.percent(score.rightShare)])
        table.add([
            "exact", "\(score.injections)", Figure.percent(Double(score.exact) / Double(max(score.injections, 1))),
        ])
        return table
    }
}
