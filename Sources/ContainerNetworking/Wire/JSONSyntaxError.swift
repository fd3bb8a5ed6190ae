public import JSON

/// Why a text is not JSON, and where.
public struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the reader found, with the place.
    public let cause: JSONError

    /// The place and the reason in words.
    public var description: String { "this is not JSON: \(cause)" }
}
