/// A text that is not the quantity that was expected.
public struct QuantityError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text as it was found.
    public let text: String
    /// What was expected, such as "a duration with a unit, such as 250ms, 1s or 2m".
    public let expectation: String
    /// Why the text is not that, such as "it has no unit".
    public let reason: String

    /// Describes one refused text.
    public init(text: String, expectation: String, reason: String) {
        self.text = text
        self.expectation = expectation
        self.reason = reason
    }

    /// One sentence: what was expected, what was found, and why that is not it.
    public var description: String {
        "expected \(expectation), found \"\(text)\": \(reason)"
    }
}
