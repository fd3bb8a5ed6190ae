import Contract
import Reports
import Statistics

/// Verdicts for a terminal and for programs: one row a metric and variant.
struct VerdictListing: Encodable {
    struct Row: Encodable {
        let comparison: String
        let metric: String
        let unit: String
        let place: String
        let base: Double?
        let candidate: Double?
        let ratio: Double?
        let interval: Interval?
        let uncorrectedInterval: Interval?
        let intervalConfidence: Double
        let adjustedPValue: Double
        let repetitions: [Int]
        let significant: Bool
        let verdict: String
        let caveats: [String]
        let reason: String
    }

    let rows: [Row]

    /// What must be said beside the rows of two runs; absent for the verdicts of one run.
    let notes: [String]?

    /// The judged metrics of variants that only the base has values of; absent for the verdicts of one run.
    let lost: [String]?

    /// Why the comparison fails, for `compare`; absent for the verdicts of one run, empty when it does not.
    let faults: [String]?

    /// Rows of several runs, without what is said of one comparison.
    init(rows: [Row]) {
        self.rows = rows
        notes = nil
        lost = nil
        faults = nil
    }

    /// The comparisons within a run; with a baseline, those against it.
    init(_ model: ReportModel) {
        notes = nil
        lost = nil
        faults = nil
        let hasBaseline = model.comparisons.contains(where: \.isAgainstBaseline)
        rows = model.comparisons.filter { $0.isAgainstBaseline || !hasBaseline }.flatMap { comparison in
            comparison.rows.map { row in
                Row(
                    "\(comparison.candidate) / \(comparison.base)",
                    place: [row.facet.label, row.panel].filter { !$0.isEmpty }.joined(separator: " · "),
                    row.result
                )
            }
        }
    }

    /// The comparison of two runs.
    init(_ comparison: RunComparison) {
        notes = comparison.notes
        lost = comparison.lost
        faults = comparison.faults()
        rows = comparison.rows.map {
            Row("\(comparison.candidate) / \(comparison.base)", place: $0.variant, $0.result)
        }
    }

    /// As a table; the ratio is candidate over base, with the interval that its verdict rests on.
    var table: TextTable {
        TextTable(
            [
                .init("comparison"), .init("metric"), .init("where"), .init("ratio", .right), .init("interval"),
                .init("p", .right), .init("n", .right), .init("verdict"),
            ],
            rows: rows.map { row in
                [
                    row.comparison, row.metric, row.place, Self.number(row.ratio),
                    row.interval.map { "\(Self.number($0.lower)) … \(Self.number($0.upper))" } ?? "",
                    row.adjustedPValue < 0.001 ? "< 0.001" : Self.number(row.adjustedPValue),
                    row.repetitions.map(String.init).joined(separator: "/"),
                    row.caveats.isEmpty ? row.verdict : "\(row.verdict) (\(row.caveats.joined(separator: ", ")))",
                ]
            }
        )
    }

    private static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        let text = "\((abs(value) * 1000).rounded() / 1000)"
        let parts = text.split(separator: ".")
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        return (value < 0 ? "-" : "") + "\(parts[0]).\(fraction.padding(to: 3))"
    }
}

extension VerdictListing.Row {
    fileprivate init(_ comparison: String, place: String, _ result: Comparison) {
        self.init(
            comparison: comparison,
            metric: result.metric.name,
            unit: result.metric.unit,
            place: place,
            base: result.base.median,
            candidate: result.candidate.median,
            ratio: result.ratio,
            interval: result.interval,
            uncorrectedInterval: result.uncorrectedInterval,
            intervalConfidence: result.intervalConfidence,
            adjustedPValue: result.adjustedPValue,
            repetitions: [result.base.n, result.candidate.n],
            significant: result.isSignificant,
            verdict: result.verdict.rawValue,
            caveats: result.caveats.map(\.rawValue),
            reason: result.reason
        )
    }
}

extension String {
    fileprivate func padding(to count: Int) -> String {
        self + String(repeating: "0", count: max(0, count - self.count))
    }
}
