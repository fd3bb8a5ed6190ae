/// Why a trial has no measurement; a value that is stored, never a zero.
public struct TrialFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// How the trial ended.
    public enum Outcome: String, Sendable {
        /// Something went wrong.
        case failed
        /// Its deadline passed.
        case timedOut
        /// It could not be measured here.
        case skipped
        /// It ran, but its result cannot be believed.
        case invalid
    }

    /// How the trial ended.
    public let outcome: Outcome
    /// Why, in words.
    public let reason: String
    /// What the tools said, kept for whoever looks into it.
    public let artifacts: [Artifact]
    /// What was counted all the same: requests that timed out stay in the data as censored samples.
    public let samples: [Measurement.Sample]

    /// A failure with its reason.
    public init(
        _ outcome: Outcome,
        _ reason: String,
        artifacts: [Artifact] = [],
        samples: [Measurement.Sample] = []
    ) {
        self.outcome = outcome
        self.reason = reason
        self.artifacts = artifacts
        self.samples = samples
    }

    /// The reason.
    public var description: String { reason }
}
