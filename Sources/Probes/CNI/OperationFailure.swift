import Contract

/// An operation that a plugin failed, beside others of the same trial that were measured.
struct OperationFailure: Sendable, Equatable {
    let operation: CNIMetrics.Operation
    let failure: ProbeFailure

    /// What is said about the trial: that there are no numbers of the operation, and why.
    var remark: String {
        "\(operation.words) was not measured, and the rest was: \(failure.message)"
    }

    /// The failure as an answer to what the specification asks for.
    var finding: ConformanceFinding {
        ConformanceFinding(
            check: "\(operation.command) as part of the lifecycle", expected: "success", found: failure.message,
            verdict: .deviates)
    }
}
