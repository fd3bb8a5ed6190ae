/// The first whole object in a text that holds more: programs print warnings in front of their report, and some print
/// twice.
///
/// An object begins with a brace at the start of a line, behind spaces at most, or with any brace where no line begins
/// with one. The first one counts; one that is cut off or malformed is an error, and nothing inside of it is taken
/// instead.
public struct FirstJSONObject: Sendable {
    /// The first whole object in the text, with places in that text.
    public let object: JSONNode
    /// The object as it stands in the text.
    public let text: String
    /// What stands in front of the object; may be empty or white space.
    public let before: String
    /// What stands behind the object; may be empty or white space.
    public let after: String

    /// Finds the first whole object, or answers nil when there is none.
    ///
    /// - Throws: ``JSONError`` with the place in the whole text, when the object that begins does not end well.
    public init?(in bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        guard let start = Self.start(in: bytes) else { return nil }
        let (object, end) = try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var reader = JSONReader(bytes, limits: limits)
            try reader.jump(to: start)
            return (try reader.node(), reader.offset)
        }
        self.object = object
        text = String(decoding: bytes[start..<end], as: UTF8.self)
        before = String(decoding: bytes[..<start], as: UTF8.self)
        after = String(decoding: bytes[end...], as: UTF8.self)
    }

    /// Finds the first whole object of a text.
    public init?(in text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(in: Array(text.utf8), limits: limits)
    }

    /// Where the object begins.
    private static func start(in bytes: [UInt8]) -> Int? {
        var isLineStart = true
        var other: Int?
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "{") where beginsObject(bytes, at: index):
                if isLineStart { return index }
                other = other ?? index
                isLineStart = false
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): isLineStart = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"): break
            default: isLineStart = false
            }
        }
        return other
    }

    /// Whether a name or the closing brace follows, as in an object and seldom in prose.
    private static func beginsObject(_ bytes: [UInt8], at index: Int) -> Bool {
        let next = bytes[(index + 1)...].first { !" \t\r\n".utf8.contains($0) }
        return next == nil || next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    }
}

extension JSONReader {
    /// Goes on at a byte further behind, with the place of it.
    fileprivate mutating func jump(to index: Int) throws(JSONError) {
        guard bytes.count <= limits.bytes else { return try begin() }
        while offset < index {
            skipSpace()
            guard offset < index else { return }
            if (0x80..<0xC0).contains(bytes[offset]) { continuations += 1 }
            offset += 1
        }
    }
}
