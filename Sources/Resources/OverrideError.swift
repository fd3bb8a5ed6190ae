/// A text that is not an override.
public struct OverrideError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text as it was found.
    public let text: String
    /// Why it is not an override.
    public let reason: String

    /// One sentence: what was expected, what was found, and why that is not it.
    public var description: String {
        "expected path=value, such as spec.tests[0].duration=2s, found \"\(Override.excerpt(text))\": \(reason)"
    }
}
