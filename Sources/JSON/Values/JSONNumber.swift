/// A number as it was written, so that none of its digits is lost.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The number as it stands in the text, such as `-1.5e3`.
    public let text: String

    /// Takes a text that was found to be a number.
    init(text: String) {
        self.text = text
    }

    /// The number as it stands in the text.
    public var description: String { text }

    /// Whether it is written without a fraction and without an exponent.
    public var isWhole: Bool { !text.utf8.contains { ".eE".utf8.contains($0) } }

    /// The whole number, or nil when it is none or does not fit.
    public func whole<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) -> Value? {
        isWhole ? Value(text) : nil
    }

    /// The nearest double, always finite: a number beyond doubles is refused while reading.
    public var double: Double { Double(text) ?? 0 }
}
