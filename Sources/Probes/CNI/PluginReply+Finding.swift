import Contract
import PodAttachment

extension PluginReply {
    /// Judged against what the specification says.
    func finding(_ check: String, _ expectation: ConformanceExpectation) -> ConformanceFinding {
        ConformanceFinding(
            check: check,
            expected: expectation.words,
            found: words,
            verdict: expectation.isMet(by: self) ? .conforms : .deviates
        )
    }
}
