public import LinuxHost
import Netlink

/// A link that was not shaped, or not put back as it was.
public struct ShapingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of obstacle it is.
    public enum Code: Sendable, Equatable {
        /// It must not be shaped: the loopback, the machine's own network, or that of the run.
        case refused
        /// The interface is not there.
        case absent
        /// Somebody else has put something there.
        case foreign
        /// Somebody else shapes it now.
        case inUse
        /// The kernel cannot do it.
        case unsupported
        /// The kernel does not hold what was asked of it.
        case unverified
        /// It is not as it was before.
        case leaked
        /// A request failed.
        case system
    }

    /// What kind of obstacle it is.
    public let code: Code
    /// What was tried, as a verb.
    public let operation: String
    /// What it was tried on.
    public let object: String
    /// Why it was not done.
    public let cause: String
    /// What to do about it.
    public let nextStep: String

    init(_ code: Code, _ operation: String, _ object: String, cause: String, nextStep: String) {
        self.code = code
        self.operation = operation
        self.object = object
        self.cause = cause
        self.nextStep = nextStep
    }

    init(_ error: NetlinkError) {
        let lacks = error.isUnsupported || error.message.contains("kind is unknown")
        self.init(
            lacks ? .unsupported : error.isAbsent ? .absent : .system, error.operation, error.object,
            cause: error.message, nextStep: error.hint)
    }

    /// The same of a request to the machine.
    public init(_ error: HostError) {
        self.init(.system, error.operation, error.object, cause: error.reason, nextStep: error.hint)
    }

    /// One sentence of what happened and why, and one of what to do.
    public var description: String { "cannot \(operation) \(object): \(cause). \(nextStep)" }
}
