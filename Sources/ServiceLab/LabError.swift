public import Sockets

/// Why the small network around a service proxy, or what answers in it, could not be made.
public struct LabError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is, for decisions.
    public enum Code: Sendable, Equatable {
        /// The namespace is somebody's.
        case inUse
        /// The kernel refused something.
        case system
        /// A system call on a socket failed.
        case socket(SocketError)
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, such as `make`.
    public let operation: String
    /// To what, such as `the network around the proxy`.
    public let object: String
    /// What went wrong, as a sentence.
    public let cause: String
    /// What to do next; empty when the cause says it.
    public let nextStep: String

    /// An error with its operation, object, cause and next step.
    public init(_ code: Code, operation: String, object: String, cause: String, nextStep: String = "") {
        self.code = code
        self.operation = operation
        self.object = object
        self.cause = cause
        self.nextStep = nextStep
    }

    /// What went wrong, and what to do.
    public var description: String { nextStep.isEmpty ? cause : "\(cause); \(nextStep)" }
}
