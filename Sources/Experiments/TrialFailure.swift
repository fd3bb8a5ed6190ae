public import Contract
package import Testbed

/// Why a trial has no measurement; a value that is stored, never a zero.
public struct TrialFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// How the trial ended; never `completed`.
    public let outcome: TrialOutcome
    /// Why, in words.
    public let reason: String
    /// What the tools said, kept for whoever looks into it.
    public let artifacts: [Artifact]
    /// What was counted all the same: requests that timed out stay in the data as censored samples.
    public let samples: [Sample]

    /// A failure with its reason.
    public init(
        _ outcome: TrialOutcome,
        _ reason: String,
        artifacts: [Artifact] = [],
        samples: [Sample] = []
    ) {
        self.outcome = outcome
        self.reason = reason
        self.artifacts = artifacts
        self.samples = samples
    }

    /// The reason.
    public var description: String { reason }
}

extension TrialFailure {
    /// The failure of a trial whose testbed failed.
    package init(_ error: TestbedError) {
        self.init(error.code == .timedOut ? .timedOut : .failed, error.description)
    }
}
