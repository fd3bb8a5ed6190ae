import Reports
import Statistics

/// What a comparison comes to: pure, so that every reason to fail can be tested without a store.
enum ComparisonOutcome {
    /// How many verdicts of each kind there are, for people: `22 verdicts: 1 regressed, 21 unchanged`.
    static func counts(_ comparison: RunComparison) -> String {
        let parts = Verdict.allCases.filter { comparison.count($0) > 0 }.map {
            "\(comparison.count($0)) \($0.rawValue)"
        }
        let total = comparison.rows.count
        return "\(total) \(total == 1 ? "verdict" : "verdicts")\(parts.isEmpty ? "" : ": ")"
            + parts.joined(separator: ", ")
    }

    /// Why the comparison has to fail, every reason of it; nil when it does not.
    static func failure(_ comparison: RunComparison, failOnInconclusive: Bool) -> String? {
        let faults = comparison.faults(failOnInconclusive: failOnInconclusive)
        return faults.isEmpty ? nil : faults.joined(separator: "; ")
    }
}
