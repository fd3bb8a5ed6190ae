/// Why a kernel guest could not do what it was asked.
public struct GuestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is, for decisions.
    public enum Code: Sendable, Equatable {
        /// A kernel, a program or a module is not installed.
        case missing
        /// A deadline passed, or the guest fell silent; it was ended.
        case timedOut
        /// The work around it was cancelled; it was ended.
        case cancelled
        /// It ended before its command did.
        case ended
        /// Anything else.
        case failed
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, such as `boot`.
    public let operation: String
    /// To what, such as `the kernel guest`.
    public let object: String
    /// The cause, in the words of whatever failed.
    public let cause: String
    /// What to do next.
    public let nextStep: String

    /// An error with its operation, object, cause and next step.
    public init(code: Code = .failed, operation: String, object: String, cause: String, nextStep: String) {
        self.code = code
        self.operation = operation
        self.object = object
        self.cause = cause
        self.nextStep = nextStep
    }

    /// `cannot boot the kernel guest: …; …`.
    public var description: String { "cannot \(operation) \(object): \(cause); \(nextStep)" }
}
