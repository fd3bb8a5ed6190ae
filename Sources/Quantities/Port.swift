/// A TCP or UDP port, 1 to 65535.
public struct Port: Quantity, Comparable, Codable {
    /// The port's number, never 0.
    public let number: UInt16

    /// The port with that number, unless it is 0.
    public init?(number: UInt16) {
        guard number > 0 else { return nil }
        self.number = number
    }

    /// Reads a decimal number without sign or leading zero.
    public init(parsing text: String) throws(QuantityError) {
        guard let number = UInt16(text), number > 0, text == String(number) else {
            let reason = text.isEmpty ? "it is empty" : "it is not a whole number from 1 to 65535"
            throw QuantityError(text: text, expectation: Self.expectation, reason: reason)
        }
        self.number = number
    }

    /// How a port has to be written.
    public static let expectation = "a port, such as 5201"

    /// The number in digits.
    public var description: String { String(number) }

    /// By number.
    public static func < (left: Port, right: Port) -> Bool { left.number < right.number }
}
