/// Reads what `nft --json` lists from front to back, without making values of it.
///
/// A listing of 10,000 services has megabytes, of which only names and numbers of elements are wanted. The target
/// `JSON` also checks what is skipped, and takes three to five times as long for such listings. Reading them is a part
/// of the measured cost of a sync, so this reader stands beside it.
struct ListingReader {
    /// Why a text is not the JSON that was expected.
    struct Trouble: Error, Equatable, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    /// What comes next.
    enum Kind {
        case object
        case array
        case scalar
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// A reader at the start of the bytes, which have to stay where they are.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// What the next value is.
    mutating func kind() throws(Trouble) -> Kind {
        switch try peek() {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        default: .scalar
        }
    }

    /// Reads an object; the closure reads or skips the value of each key.
    mutating func object(_ member: (inout ListingReader, String) throws(Trouble) -> Void) throws(Trouble) {
        try expect(UInt8(ascii: "{"))
        if try take(UInt8(ascii: "}")) { return }
        repeat {
            let key = try string()
            try expect(UInt8(ascii: ":"))
            try member(&self, key)
        } while try take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    /// Reads an array; the closure reads or skips each value.
    mutating func array(_ element: (inout ListingReader) throws(Trouble) -> Void) throws(Trouble) {
        try expect(UInt8(ascii: "["))
        if try take(UInt8(ascii: "]")) { return }
        repeat { try element(&self) } while try take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
    }

    /// Skips an array and says how many values it has.
    mutating func count() throws(Trouble) -> Int {
        var count = 0
        try array { (reader) throws(Trouble) in
            try reader.skip()
            count += 1
        }
        return count
    }

    /// Reads a string; escapes other than of a quotation mark, a slash and a backslash are not expected and refused.
    mutating func string() throws(Trouble) -> String {
        let (range, hasEscapes) = try stringRange()
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
        guard hasEscapes else { return text }
        var result = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                guard "\"\\/".contains(character) else { throw trouble("an escape in a name") }
                result.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// Skips the next value, whatever it is.
    mutating func skip() throws(Trouble) {
        switch try peek() {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            // Brackets are counted and not matched by kind: nesting is checked where something is read.
            var depth = 0
            repeat {
                switch try peek() {
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    depth += 1
                    position += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    position += 1
                case UInt8(ascii: "\""): _ = try stringRange()
                default: position += 1
                }
            } while depth > 0
        case UInt8(ascii: "\""): _ = try stringRange()
        default:
            let start = position
            while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
            guard position > start else { throw trouble("a value was expected") }
        }
    }

    /// Throws when there is more.
    mutating func end() throws(Trouble) {
        skipSpace()
        guard position == bytes.count else { throw trouble("there is something behind the end") }
    }

    private mutating func stringRange() throws(Trouble) -> (Range<Int>, hasEscapes: Bool) {
        try expect(UInt8(ascii: "\""))
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return (start..<position - 1, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                // What is escaped is not the end, even when it is a quotation mark.
                position += 2
            default: position += 1
            }
        }
        throw trouble("a string does not end")
    }

    private mutating func peek() throws(Trouble) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw trouble("it ends too early") }
        return bytes[position]
    }

    private mutating func take(_ byte: UInt8) throws(Trouble) -> Bool {
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(Trouble) {
        guard try take(byte) else { throw trouble("\"\(Character(UnicodeScalar(byte)))\" was expected") }
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private func trouble(_ what: String) -> Trouble {
        Trouble("\(what) at byte \(position)")
    }
}
