extension JSONReader {
    /// Reads a string and makes sure that it is well formed: UTF-8, known escapes, surrogates in pairs.
    mutating func stringToken(_ expectation: String) throws(JSONError) -> StringToken {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { throw unexpected(expectation) }
        let opening = here
        offset += 1
        let start = offset
        var hasEscapes = false
        var isPlain = true
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return StringToken(range: start..<offset - 1, hasEscapes: hasEscapes, isPlain: isPlain)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                isPlain = false
                try escape()
            case 0x20..<0x80: offset += 1
            case 0x80...:
                isPlain = false
                let length = try lengthOfScalar()
                offset += length
                continuations += length - 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw JSONError("the string does not end on its line", at: opening)
            default:
                let name = ShownText.name(of: Unicode.Scalar(bytes[offset]))
                throw trouble("the control character \(name) stands in a string, where it has to be escaped")
            }
        }
        throw JSONError("the string does not end", at: opening)
    }

    private mutating func escape() throws(JSONError) {
        guard offset + 1 < bytes.count else { throw trouble("the text ends in an escape") }
        guard bytes[offset + 1] == UInt8(ascii: "u") else {
            guard StringEscape.byte(of: bytes[offset + 1]) != nil else {
                let place = here
                offset += 1
                throw JSONError("JSON has no escape of a backslash and \(found)", at: place)
            }
            offset += 2
            return
        }
        guard StringEscape.unit(in: bytes, at: offset) != nil else {
            throw trouble("expected four hexadecimal digits behind \\u")
        }
        guard let (_, length) = StringEscape.pairedScalar(in: bytes, at: offset) else {
            throw trouble("one half of a surrogate pair stands alone")
        }
        offset += length
    }

    /// How many bytes the character takes that begins here, by the table of well-formed UTF-8 (Unicode, table 3-7).
    func lengthOfScalar() throws(JSONError) -> Int {
        let second: ClosedRange<UInt8>
        let length: Int
        switch bytes[offset] {
        case 0x00..<0x80: return 1
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: throw notUTF8
        }
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]),
            bytes[offset + 1..<offset + length].allSatisfy({ (0x80...0xBF).contains($0) })
        else { throw notUTF8 }
        return length
    }

    private var notUTF8: JSONError {
        trouble("the byte 0x\(String(bytes[offset], radix: 16, uppercase: true)) is not UTF-8 here")
    }
}
