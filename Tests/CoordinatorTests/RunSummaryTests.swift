import Testing

@testable import Coordinator

@Suite("How a run ended")
struct RunSummaryTests {
    @Test(
        "a run is empty when all that it had was skipped, and only then",
        arguments: [
            (0, ["skipped": 3], true), (1, ["skipped": 3], false), (0, ["skipped": 3, "failed": 1], false),
            (0, ["invalid": 1], false), (0, [:], false), (2, [:], false),
        ]
    )
    func empty(completed: Int, failures: [String: Int], expected: Bool) {
        let summary = RunSummary(runID: "r", completed: completed, failures: failures)
        #expect(summary.isEmpty == expected)
    }
}
