import Foundation
public import JSON

/// Any JSON value: what this product does not know in a configuration or a result passes through it unchanged.
///
/// Whole numbers within 64 bits keep their exact value; other numbers are IEEE 754 doubles.
public enum JSONValue: Sendable, Hashable {
    /// Said to be nothing, which differs from a member that is absent.
    case null
    /// The value `true` or `false`.
    case bool(Bool)
    /// A whole number that fits into 64 bits with a sign.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// A text without its escapes.
    case string(String)
    /// An array, in order.
    case array([JSONValue])
    /// An object; the order of its members has no meaning.
    case object([String: JSONValue])

    /// Reads one JSON document, strictly.
    ///
    /// - Throws: ``JSONSyntaxError`` with the place.
    public init(parsing text: String) throws(JSONSyntaxError) {
        do throws(JSONError) {
            self.init(try JSONNode(parsing: text))
        } catch {
            throw JSONSyntaxError(cause: error)
        }
    }

    /// Takes a value that was read, without its place.
    public init(_ node: JSONNode) {
        switch node.value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let number): self = number.whole().map(JSONValue.integer) ?? .number(number.double)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map(JSONValue.init))
        case .object(let members):
            // The reader refuses a name that is there twice.
            self = .object(Dictionary(members.map { ($0.name, JSONValue($0.value)) }) { _, last in last })
        }
    }

    /// The value as JSON text in one line, with sorted member names.
    public var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Every value of this type came from JSON or literals; only infinite numbers have no JSON form.
        guard let data = try? encoder.encode(self) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }

    /// The member of an object, or nil when this is no object or has no such member.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The string, or nil when this is none.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The elements, or nil when this is no array.
    public var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }
}

extension JSONValue: Codable {
    /// Reads the value at the decoder's place.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Writes the value as it was read.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
