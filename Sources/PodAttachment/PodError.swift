public import ContainerNetworking
import LinuxHost
import Netlink

/// Why a pod could not be made, attached, seen or detached.
public struct PodError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is, for decisions.
    public enum Code: Sendable, Equatable {
        /// The list or the range that pods would get addresses from cannot be used.
        case badNetwork
        /// The network does not have what was asked for.
        case notApplicable
        /// A pod is not attached as its ADD says.
        case misplaced
        /// Two pods got one address.
        case sharedAddress
        /// It did not happen in time.
        case timedOut
        /// The kernel refused something.
        case system
        /// A plugin failed.
        case plugin(CNIError)
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, such as `make the namespace of`.
    public let operation: String
    /// To what, such as `pod 7`.
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

extension PodError {
    /// A plugin's own failure, whose sentence has the next step in it.
    init(_ error: CNIError) {
        self.init(
            .plugin(error), operation: error.command?.rawValue ?? "use", object: error.plugin,
            cause: error.description)
    }

    /// The host's refusal, whose sentence has the next step in it.
    init(_ error: HostError) {
        self.init(.system, operation: error.operation, object: error.object, cause: error.description)
    }

    /// The kernel's refusal, whose sentence has the next step in it.
    init(_ error: NetlinkError) {
        self.init(.system, operation: error.operation, object: error.object, cause: error.description)
    }
}
