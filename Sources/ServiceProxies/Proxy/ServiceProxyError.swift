/// Why services could not be brought into the kernel: operation, object, cause in the tool's own words, next step.
public struct ServiceProxyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is, for decisions.
    public enum Code: Sendable, Equatable {
        /// A program or a feature of the kernel is not there.
        case missing
        /// A program is too old.
        case tooOld
        /// A table, chain, set or device of that name exists and is not ours.
        case foreign
        /// Somebody held the lock of iptables for too long.
        case lockHeld
        /// The services contradict each other, such as two with one address and port.
        case badServices
        /// A program or the kernel refused what it was given.
        case rejected
        /// What was read back could not be understood.
        case rubbish
        /// The deadline passed.
        case timedOut
        /// It was cancelled.
        case cancelled
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, such as `load services`.
    public let operation: String
    /// To what, such as `table kube-proxy`.
    public let object: String
    /// The cause, in the words of whatever failed.
    public let cause: String
    /// What to do next; empty when the cause says it.
    public let nextStep: String
    /// Everything that the tool said, for the artifact; nil when the cause is all there is.
    public let words: String?

    /// An error with its operation, object, cause and next step.
    public init(
        _ code: Code,
        operation: String,
        object: String,
        cause: String,
        nextStep: String = "",
        words: String? = nil
    ) {
        self.code = code
        self.operation = operation
        self.object = object
        self.cause = cause
        self.nextStep = nextStep
        self.words = words
    }

    /// `cannot load services with iptables-nft: …`.
    public var description: String {
        let sentence = "cannot \(operation) \(object): \(cause)"
        return nextStep.isEmpty ? sentence : "\(sentence); \(nextStep)"
    }
}
