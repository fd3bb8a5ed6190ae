/// Reads JSON (RFC 8259) from front to back, strictly: what another reader may refuse or take otherwise is refused
/// here.
///
/// No comments, no comma before a closing bracket, no zero in front of a number, no byte order mark, no member twice,
/// no unpaired surrogate, nothing but UTF-8. Values can be read, or skipped, which checks them all the same.
public struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    /// The byte that comes next.
    var offset = 0
    var line = 1
    /// Where the line begins.
    var lineStart = 0
    /// How many bytes of the line only continue a character.
    var continuations = 0
    var depth = 0
    /// The names of all objects that are open.
    var names = OpenNames()

    /// What comes next.
    public enum Kind: Sendable {
        /// Begins with `{`.
        case object
        /// Begins with `[`.
        case array
        /// Begins with a quotation mark.
        case string
        /// Begins with a digit or a minus.
        case number
        /// `true`, `false` or `null`.
        case word
    }

    /// A reader at the start of the bytes, which have to stay where they are.
    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Hands out a reader for one value, and makes sure that nothing follows the value.
    ///
    /// - Throws: ``JSONError``, the closure's or the reader's own.
    public static func read<Value>(
        _ bytes: [UInt8],
        limits: JSONLimits = JSONLimits(),
        _ body: (inout JSONReader) throws(JSONError) -> Value
    ) throws(JSONError) -> Value {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var reader = JSONReader(bytes, limits: limits)
            try reader.begin()
            let value = try body(&reader)
            try reader.end()
            return value
        }
    }

    /// Where the next value, or whatever comes next, begins.
    public var position: JSONPosition {
        mutating get {
            skipSpace()
            return here
        }
    }

    /// What the next value is, by its first character.
    public mutating func kind() throws(JSONError) -> Kind {
        skipSpace()
        guard offset < bytes.count else { throw unexpected("a value") }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return .word
        default: throw unexpected("a value")
        }
    }

    /// Looks at the size and at the very first bytes.
    mutating func begin() throws(JSONError) {
        guard bytes.count <= limits.bytes else {
            throw trouble("the text has \(bytes.count) bytes, more than the \(limits.bytes) that are read")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw trouble("a byte order mark stands in front, which readers of JSON refuse; save the text without it")
        }
        // A JSON text begins with an ASCII character: a zero beside it is of UTF-16 or UTF-32 (RFC 4627, section 3).
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.count > 1 && bytes.prefix(2).contains(0)
        {
            throw trouble("the text is not UTF-8; it looks like UTF-16 or UTF-32")
        }
    }

    /// Throws when there is more.
    mutating func end() throws(JSONError) {
        skipSpace()
        guard offset == bytes.count else { throw unexpected("the end of the text") }
    }

    var here: JSONPosition { JSONPosition(line: line, column: offset - lineStart - continuations + 1) }

    mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): offset += 1
            case UInt8(ascii: "\n"): nextLine(after: 1)
            case UInt8(ascii: "\r"):
                let isPair = offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
                nextLine(after: isPair ? 2 : 1)
            default: return
            }
        }
    }

    private mutating func nextLine(after count: Int) {
        offset += count
        line += 1
        lineStart = offset
        continuations = 0
    }
}
