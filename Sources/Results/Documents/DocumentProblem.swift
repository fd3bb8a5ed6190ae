public import JSON

/// What is wrong with a document, and where in it.
public struct DocumentProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The way to the value, such as `trials[3].samples[0].value`.
    public let path: JSONPath
    /// What was expected, and what was found.
    public let reason: String

    /// Names a value that is wrong.
    public init(_ steps: [JSONPath.Step], _ reason: String) {
        path = JSONPath(steps)
        self.reason = reason
    }

    /// Path and reason.
    public var description: String { path.steps.isEmpty ? reason : "\(path): \(reason)" }
}
