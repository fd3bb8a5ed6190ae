import Contract
import PodAttachment

extension ListCaller.Added {
    /// Whether the results have the form that the specification wants, beside what runtimes let pass.
    var form: ConformanceFinding {
        let found = deviations.prefix(10).joined(separator: "; ")
        return ConformanceFinding(
            check: "form of the results of ADD",
            expected: "as specified",
            found: !deviations.isEmpty ? found : result == nil ? "no result" : "as specified",
            verdict: !deviations.isEmpty ? .deviates : result == nil ? .notApplicable : .conforms
        )
    }
}
