import Contract
import Resources

/// Counts trials or findings of a step that has been run.
struct StepCount {
    let state: StepResults.State
    let filters: [Expectation.Filter]
    let offset: Int

    /// Trials by `outcome` and by the levels of factors.
    var trials: Int {
        get throws(ExpressionProblem) {
            try check(besides: ["outcome"])
            return state.trials.count { trial in
                filters.allSatisfy { filter in
                    (filter.name == "outcome" ? trial.outcome.rawValue : trial.factors[filter.name]) == filter.value
                }
            }
        }
    }

    /// Findings by their properties, and by the levels of the trials that made them.
    var findings: Int {
        get throws(ExpressionProblem) {
            try check(besides: Self.properties)
            let placed =
                state.trials.flatMap { trial in trial.findings.map { ($0, trial.factors) } }
                + state.findings.map { ($0, [:]) }
            return placed.count { found, factors in
                filters.allSatisfy { filter in
                    (Self.properties.contains(filter.name) ? found.properties[filter.name] : factors[filter.name])
                        == filter.value
                }
            }
        }
    }

    static let properties: Set<String> = ["kind", "verdict", "found", "expected", "place"]

    private func check(besides known: Set<String>) throws(ExpressionProblem) {
        let factors = Set(state.trials.flatMap(\.factors.keys))
        for filter in filters where !known.contains(filter.name) && !factors.contains(filter.name) {
            let names = (known.union(factors)).sorted()
            throw ExpressionProblem(
                at: offset, "nothing there has a \(filter.name); there is \(names.joined(separator: ", "))",
                suggestion: NearestName.of(filter.name, among: names))
        }
        // What no trial was about was not measured, and is not nothing.
        for filter in filters where !known.contains(filter.name) {
            let levels = Set(state.trials.compactMap { $0.factors[filter.name] })
            guard !levels.contains(filter.value) else { continue }
            throw ExpressionProblem(
                at: offset,
                "nothing was measured with the \(filter.name) \(filter.value); there is "
                    + levels.sorted().joined(separator: ", "),
                suggestion: NearestName.of(filter.value, among: levels.sorted()))
        }
    }
}
