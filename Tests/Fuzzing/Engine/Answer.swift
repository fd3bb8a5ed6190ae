/// What an entrance made of an input.
public enum Answer: Sendable, Equatable {
    /// It was understood; the text says what it was, in few words.
    case accepted(String)
    /// It was refused with these words.
    case refused(String)

    /// Whether it was understood.
    var isAcceptance: Bool {
        guard case .accepted = self else { return false }
        return true
    }

    /// A number for answers of one kind: the words without what they quote from the input, and without numbers.
    ///
    /// An answer of a new kind stands for a new way through the reader, as far as that can be told from outside.
    var kind: UInt64 {
        let (first, text) =
            switch self {
            case .accepted(let text): (UInt64(1), text)
            case .refused(let text): (UInt64(2), text)
            }
        var hash = (0xCBF2_9CE4_8422_2325 ^ first) &* Self.prime
        var isQuoted = false
        var length = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard !isQuoted, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { continue }
            hash = (hash ^ UInt64(byte)) &* Self.prime
            length += 1
            if length == 96 { break }
        }
        return hash
    }

    /// FNV-1a.
    private static let prime: UInt64 = 0x100_0000_01B3
}
