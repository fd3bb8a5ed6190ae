public import Contract

/// A probe that could not measure: what happened, where, and what to do.
public struct ProbeFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure.
    public let code: FailureCode
    /// The sentence for people.
    public let message: String
    /// What a tool printed, kept as an artifact.
    public let words: String?

    /// A failure.
    public init(_ code: FailureCode, _ message: String, words: String? = nil) {
        self.code = code
        self.message = message
        self.words = words
    }

    /// The code and the sentence.
    public var description: String { "\(code.rawValue): \(message)" }
}
