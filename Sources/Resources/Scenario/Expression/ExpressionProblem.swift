/// What is wrong with an expression, or why it has no answer, and where in its text.
public struct ExpressionProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// How many Unicode scalars of the text stand before the place.
    public let offset: Int
    /// What was expected, and what was found.
    public let message: String
    /// The nearest valid name, where one is near.
    public let suggestion: String?

    /// A problem at a place of a text.
    public init(at offset: Int, _ message: String, suggestion: String? = nil) {
        self.offset = offset
        self.message = message
        self.suggestion = suggestion
    }

    /// The problem with its place, counted from 1.
    public var description: String {
        "at character \(offset + 1): \(message)" + (suggestion.map { ". Did you mean \"\($0)\"?" } ?? "")
    }
}
