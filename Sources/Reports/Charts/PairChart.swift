import Contract
import Statistics

/// What was found between places, as a heat map: sources by destinations, the darker, the worse.
enum PairChart {
    /// So many rows and columns have room for their names; of more only the worst are drawn.
    private static let most = 24
    private static let mostPictures = 6

    /// A picture for each table, and for each variant where there are several.
    static func all(_ model: ReportModel, stem: String) -> [Chart] {
        var names: [String] = []
        for table in model.run.trials.flatMap(\.pairs) where !names.contains(table.name) { names.append(table.name) }
        let trials = Dictionary(grouping: model.run.trials.filter { !$0.pairs.isEmpty }, by: \.variant)
        var seen: Set<String> = []
        let variants = model.run.trials.map(\.variant).filter { trials[$0] != nil && seen.insert($0).inserted }
        let charts = names.enumerated().flatMap { number, name in
            variants.compactMap { variant -> Chart? in
                let tables = (trials[variant] ?? []).compactMap { trial in trial.pairs.first { $0.name == name } }
                return make(
                    model, tables, title: variants.count > 1 ? variant : "",
                    name: "\(stem)-pairs" + (number == 0 ? "" : "-\(number + 1)"))
            }
        }
        return Array(charts.prefix(mostPictures))
    }

    /// The values of all trials put together: their median.
    private static func make(_ model: ReportModel, _ tables: [PairTable], title: String, name: String) -> Chart? {
        guard let first = tables.first else { return nil }
        var values: [Pair: [Double]] = [:]
        var (sources, targets): ([String], [String]) = ([], [])
        var (seenSources, seenTargets): (Set<String>, Set<String>) = ([], [])
        for entry in tables.flatMap(\.entries) where abs(entry.value) < 1e30 {
            values[Pair(source: entry.source, target: entry.destination), default: []].append(entry.value)
            if seenSources.insert(entry.source).inserted { sources.append(entry.source) }
            if seenTargets.insert(entry.destination).inserted { targets.append(entry.destination) }
        }
        // In the order of rows, so that what a place finds and what is found there stand at the same height; services after them.
        let ranks = Dictionary(sources.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        targets =
            targets.filter { ranks[$0] != nil }.sorted { ranks[$0, default: 0] < ranks[$1, default: 0] }
            + targets.filter { ranks[$0] == nil }
        let medians = values.compactMapValues { Descriptive.median($0) }
        guard let least = medians.values.min(), let worst = medians.values.max() else { return nil }
        let (rows, columns) = (pick(sources, medians, \.source), pick(targets, medians, \.target))
        let shades = Shades(least: least, most: worst)
        let scale = UnitScale.fitting(worst, unit: first.unit)
        let boxes = rows.enumerated().flatMap { row, source in
            columns.enumerated().map { column, target -> MatrixChart.Box in
                guard let value = medians[Pair(source: source, target: target)] else {
                    return MatrixChart.Box(
                        column: column, row: row, colour: MatrixChart.nothing, ink: Palette.quietInk, words: "–")
                }
                let step = worst > least ? shades.step(of: value) : 0
                return MatrixChart.Box(
                    column: column, row: row, colour: Shades.colours[step],
                    ink: step >= Shades.colours.count - 2 ? MatrixChart.white : Palette.ink, words: scale.number(value))
            }
        }
        let heading = first.name.prefix(1).uppercased() + first.name.dropFirst()
        let left = max(sources.count - rows.count, targets.count - columns.count)
        let scope =
            left > 0
            ? " The worst \(rows.count) of \(sources.count) sources and \(columns.count) of \(targets.count) destinations."
            : ""
        let unit = scale.symbol.isEmpty ? "" : "In \(scale.symbol). "
        let bounds = worst > least ? shades.bounds : [worst]
        return MatrixChart.page(
            model, MatrixChart.Grid(title: title, rows: rows, columns: columns, boxes: boxes), name: name,
            title: "\(heading), by pair", subtitle: "\(unit)Rows: sources. Columns: destinations.\(scope)",
            keys: bounds.enumerated().map { step, bound in
                MatrixChart.key("up to \(scale.text(bound))", Shades.colours[step])
            }, summary: "Between \(scale.text(least)) and \(scale.text(worst)).")
    }

    private struct Pair: Hashable {
        let source: String
        let target: String
    }

    /// All of few; of many those with the worst pairs, in the order of before.
    private static func pick(
        _ names: [String], _ values: [Pair: Double], _ side: KeyPath<Pair, String>
    ) -> [String] {
        guard names.count > most else { return names }
        var worst: [String: Double] = [:]
        for (pair, value) in values { worst[pair[keyPath: side]] = max(worst[pair[keyPath: side]] ?? value, value) }
        let ranks = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        let chosen = names.sorted {
            (worst[$1] ?? -.infinity, ranks[$0] ?? 0) < (worst[$0] ?? -.infinity, ranks[$1] ?? 0)
        }.prefix(most)
        return names.filter(Set(chosen).contains)
    }
}
