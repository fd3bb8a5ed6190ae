/// Why a testbed could not do what it was asked: the operation, the object, the cause in its own words, and what to do.
public struct TestbedError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is, for decisions.
    public enum Code: Sendable, Equatable {
        /// The machine or cluster lacks something.
        case missing
        /// A deadline passed.
        case timedOut
        /// The operation was cancelled.
        case cancelled
        /// A probe did not speak the agent's protocol.
        case protocolViolation
        /// Anything else that failed.
        case failed
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, such as `attach pod`.
    public let operation: String
    /// To what, such as `bridge/node0/pod1`.
    public let object: String
    /// The cause, in the words of whatever failed.
    public let cause: String
    /// What to do next; empty when the cause says it.
    public let nextStep: String

    /// An error with its operation, object, cause and next step.
    public init(code: Code = .failed, operation: String, object: String, cause: String, nextStep: String = "") {
        self.code = code
        self.operation = operation
        self.object = object
        self.cause = cause
        self.nextStep = nextStep
    }

    /// `cannot attach pod bridge/node0/pod1: …`.
    public var description: String {
        let sentence = "cannot \(operation) \(object): \(cause)"
        return nextStep.isEmpty ? sentence : "\(sentence); \(nextStep)"
    }
}
