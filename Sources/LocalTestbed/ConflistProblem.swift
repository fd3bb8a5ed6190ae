public import JSON

/// One thing that is wrong with a configuration list that a resource names.
public struct ConflistProblem: Sendable, Hashable, CustomStringConvertible {
    /// The list's file.
    public let file: String
    /// Where in the list it is; nil when the list could not be read at all.
    public let position: JSONPosition?
    /// What was expected, and what was found.
    public let message: String
    /// What was probably meant.
    public let suggestion: String?

    init(file: String, position: JSONPosition?, message: String, suggestion: String? = nil) {
        self.file = file
        self.position = position
        self.message = message
        self.suggestion = suggestion
    }

    /// File, place and reason on one line.
    public var description: String {
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        return "\(place): \(message)" + (suggestion.map { ". Did you mean \"\($0)\"?" } ?? "")
    }
}

/// Everything that is wrong with a configuration list.
struct ConflistProblems: Error, Sendable, Hashable, CustomStringConvertible {
    let problems: [ConflistProblem]

    init(_ problems: [ConflistProblem]) {
        self.problems = problems
    }

    var description: String { problems.map(\.description).joined(separator: "\n") }
}
