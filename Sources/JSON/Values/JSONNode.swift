/// A value of a JSON text, with its place.
public struct JSONNode: Sendable, Equatable {
    /// What there is in JSON.
    public enum Value: Sendable, Equatable {
        /// Said to be nothing, which differs from a member that is absent.
        case null
        /// The value `true` or `false`.
        case bool(Bool)
        /// A number, as it was written.
        case number(JSONNumber)
        /// A string, with escapes resolved.
        case string(String)
        /// An array, in order.
        case array([JSONNode])
        /// An object, in the order of the text; no two members have the same name.
        case object([JSONMember])
    }

    /// What was read, of one of JSON's six kinds.
    public let value: Value
    /// Where it begins.
    public let position: JSONPosition

    /// Reads a text that holds one value and nothing else.
    ///
    /// - Throws: ``JSONError`` with the place.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// Reads UTF-8 that holds one value and nothing else.
    ///
    /// - Throws: ``JSONError`` with the place.
    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        self = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try reader.node() }
    }

    init(_ value: Value, at position: JSONPosition) {
        self.value = value
        self.position = position
    }

    /// The member of an object, or nil when this is no object or has no such member.
    public subscript(name: String) -> JSONNode? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// How the value is called in "found …".
    public var found: String {
        switch value {
        case .null: "null"
        case .bool(let isTrue): isTrue ? "true" : "false"
        case .number(let number): ShownText.excerpt(of: number.text)
        case .string(let text): "\"\(ShownText.excerpt(of: text))\""
        case .array: "an array"
        case .object: "an object"
        }
    }
}
