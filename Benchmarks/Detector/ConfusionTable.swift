import Statistics
import Watches

/// What was put in, a row each, by what was found, a column each.
struct ConfusionTable {
    let rows: [(title: String, score: FaultScore)]
    let watch: SimulatedWatch

    func print() {
        var found: Set<FaultLabel> = []
        for row in rows {
            for columns in row.score.confusion.values { found.formUnion(columns.keys.compactMap(\.self)) }
        }
        let labels = found.sorted()
        var table = MarkdownTable(
            "What was found of known faults, \(watch.map.nodes.count) nodes, 10 neighbours each",
            columns: ["fault", "n", "right", "beside it", "median s"] + labels.map(\.description) + ["nothing"],
            notes: [
                "Right: kind and place. Beside it: findings of no fault. A check every \(Figure.text(watch.period)) s, "
                    + "windows of \(Figure.text(watch.window)) s."
            ])
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
        let delays = score.delays.map { $0 * watch.window }
        return [
            title, "\(score.injected)", Figure.percent(score.rightShare), "\(score.extra)",
            Figure.text(Descriptive.median(delays)),
        ] + labels.map { "\(counts[$0] ?? 0)" } + ["\(counts[nil] ?? 0)"]
    }
}
