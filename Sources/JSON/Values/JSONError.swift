/// Why a text is not JSON, or not the JSON that was expected, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was expected and what was found, without the place.
    public let reason: String
    /// Where it was found.
    public let position: JSONPosition

    /// Describes what is wrong at a place.
    public init(_ reason: String, at position: JSONPosition) {
        self.reason = reason
        self.position = position
    }

    /// The place and the reason.
    public var description: String { "\(position): \(reason)" }

    /// The problem as compilers print it: `file:line:column: reason`.
    public func description(file: String) -> String {
        "\(file):\(position.line):\(position.column): \(reason)"
    }
}
