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
        var reasons: [String] = []
        if !comparison.lost.isEmpty {
            reasons.append("the candidate has no values of \(comparison.lost.joined(separator: ", "))")
        }
        if comparison.rows.isEmpty, comparison.lost.isEmpty {
            reasons.append("the runs have no variant in common; nothing was compared")
        }
        if !comparison.isComparable {
            let keys = comparison.differences.map(\.key).joined(separator: ", ")
            reasons.append("not comparable: \(keys) differ; compare all the same with --ignore-environment")
        }
        let (regressed, open) = (comparison.count(.regressed), comparison.count(.inconclusive))
        if regressed > 0 { reasons.append("\(regressed) of \(comparison.rows.count) metrics regressed") }
        if failOnInconclusive, open > 0 {
            reasons.append("\(open) of \(comparison.rows.count) verdicts are inconclusive")
        }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }
}
