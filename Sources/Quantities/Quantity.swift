/// A value that people write with its unit, such as `250ms`, `1Gbit` or `10.0.0.0/16`.
///
/// Every quantity prints itself in the shortest exact form, and parses back what it prints. Its `Codable` form is that
/// string.
public protocol Quantity: Sendable, Hashable, CustomStringConvertible {
    /// Reads a quantity strictly: a number with its unit, never a bare number.
    init(parsing text: String) throws(QuantityError)

    /// What a reader has to write, worded so that it can follow "expected".
    static var expectation: String { get }
}

extension Quantity where Self: Decodable {
    /// Decodes the quantity from its string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(QuantityError) {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }
}

extension Quantity where Self: Encodable {
    /// Encodes the quantity as its string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
