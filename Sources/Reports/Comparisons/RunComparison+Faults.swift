import Statistics

extension RunComparison {
    /// Why the comparison has to fail, every reason of it; empty when it does not.
    ///
    /// The exit code, the JUnit file and the JSON all tell this one story.
    public func faults(failOnInconclusive: Bool = false) -> [String] {
        var reasons: [String] = []
        if let emptiness { reasons.append(emptiness.description) }
        if !lost.isEmpty { reasons.append("the candidate has no values of \(lost.joined(separator: ", "))") }
        if !isComparable {
            let keys = differences.map(\.key)
            let isFinal = keys.contains(ResourceGuard.kindKey)
            reasons.append(
                "not comparable: \(keys.joined(separator: ", ")) \(keys.count == 1 ? "differs" : "differ")"
                    + (isFinal ? "" : "; compare all the same with --ignore-environment")
            )
        }
        let (regressed, open) = (count(.regressed), count(.inconclusive))
        if regressed > 0 { reasons.append("\(regressed) of \(rows.count) metrics regressed") }
        if failOnInconclusive, open > 0 { reasons.append("\(open) of \(rows.count) verdicts are inconclusive") }
        return reasons
    }
}
