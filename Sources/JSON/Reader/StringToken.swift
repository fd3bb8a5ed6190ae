/// A string as it stands in the text, between its quotation marks; it was found to be well formed.
struct StringToken {
    /// The bytes between the quotation marks.
    let range: Range<Int>
    /// Whether there are escapes in it.
    let hasEscapes: Bool
    /// Whether the bytes are the characters: no escapes, and nothing but ASCII.
    let isPlain: Bool

    /// The string that is meant.
    func text(in bytes: UnsafeBufferPointer<UInt8>) -> String {
        let written = UnsafeBufferPointer(rebasing: bytes[range])
        guard hasEscapes else { return String(decoding: written, as: UTF8.self) }
        var units: [UInt8] = []
        units.reserveCapacity(written.count)
        var index = 0
        while index < written.count {
            guard written[index] == UInt8(ascii: "\\") else {
                units.append(written[index])
                index += 1
                continue
            }
            let letter = written[index + 1]
            if letter == UInt8(ascii: "u") {
                let (scalar, length) = StringEscape.scalar(in: written, at: index)
                units.append(contentsOf: String(scalar).utf8)
                index += length
            } else {
                units.append(StringEscape.byte(of: letter) ?? letter)
                index += 2
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// Whether two names are the same; as in Swift's dictionaries, a letter and its mark are one with the whole letter.
    func isEqual(to other: StringToken, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard isPlain, other.isPlain else { return text(in: bytes) == other.text(in: bytes) }
        return range.count == other.range.count && bytes[range].elementsEqual(bytes[other.range])
    }
}
