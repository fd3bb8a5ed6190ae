import Contract
import Results

/// Findings as a table of two factors: what was found for each pair of levels, by the levels of all other factors.
struct FindingMatrix: Sendable, Equatable {
    /// What stands at one pair of levels.
    struct Entry: Sendable, Equatable {
        /// The worst of all repetitions: a failure, then what passed, then what is shown; nil where nothing was tested.
        let verdict: Finding.Verdict?
        /// What was found, in a word or two.
        let found: String
        /// How often, where it was not always so.
        let often: String
    }

    /// The levels of the other factors: `icmp · ipv6`; empty where they are the same for all.
    let title: String
    let rows: [String]
    let columns: [String]
    /// By row, then by column; nil where nothing was to be tested.
    let entries: [[Entry?]]

    /// A matrix for each combination of the other factors' levels; none without a design that asks for it.
    static func all(_ run: RunData, _ findings: [PlacedFinding]) -> [FindingMatrix] {
        guard let matrix = run.design.matrix else { return [] }
        let others = run.design.factors.filter { $0.name != matrix.rows && $0.name != matrix.columns }
        let byTrial = Dictionary(grouping: findings, by: \.trialID)
        let places = Dictionary(grouping: run.trials) { trial in others.map { trial.factors[$0.name] ?? "" } }
        let order = places.keys.sorted { left, right in
            rank(left, others).lexicographicallyPrecedes(rank(right, others))
        }
        return order.map { key in
            let varying = zip(others, key).filter { $0.0.levels.count > 1 }.map(\.1)
            return FindingMatrix(
                title: varying.joined(separator: " · "), trials: places[key] ?? [], byTrial: byTrial,
                rows: (matrix.rows, run.design.levels(of: matrix.rows)),
                columns: (matrix.columns, run.design.levels(of: matrix.columns)))
        }
    }

    private static func rank(_ key: [String], _ factors: [Design.Factor]) -> [Int] {
        zip(factors, key).map { $0.0.levels.firstIndex(of: $0.1) ?? -1 }
    }

    private init(
        title: String, trials: [RunTrial], byTrial: [String: [PlacedFinding]],
        rows: (name: String, levels: [String]), columns: (name: String, levels: [String])
    ) {
        self.title = title
        let places = Dictionary(grouping: trials) { [$0.factors[rows.name] ?? "", $0.factors[columns.name] ?? ""] }
        let usedRows = Set(places.keys.map { $0[0] })
        let usedColumns = Set(places.keys.map { $0[1] })
        self.rows = rows.levels.filter(usedRows.contains)
        self.columns = columns.levels.filter(usedColumns.contains)
        entries = self.rows.map { row in
            rows.levels.isEmpty
                ? []
                : columns.levels.filter(usedColumns.contains).map { column in
                    places[[row, column]].map { Self.entry($0, byTrial) }
                }
        }
    }

    private static func entry(_ trials: [RunTrial], _ byTrial: [String: [PlacedFinding]]) -> Entry {
        let findings = trials.flatMap { byTrial[$0.id] ?? [] }.map(\.finding)
        let order: [Finding.Verdict] = [.failed, .passed, .shown]
        guard let verdict = order.first(where: { verdict in findings.contains { $0.verdict == verdict } }),
            let first = findings.first(where: { $0.verdict == verdict })
        else {
            return Entry(verdict: nil, found: "not tested", often: "")
        }
        let same = findings.count { $0.verdict == verdict && $0.found == first.found }
        return Entry(
            verdict: verdict, found: first.found, often: same < trials.count ? "\(same) of \(trials.count) times" : "")
    }
}
