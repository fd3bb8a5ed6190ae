/// The one question that agents ask resolvers, and its answer (RFC 1035): an address of a name; pure.
///
/// A header of 12 bytes: an identifier, flags, and the numbers of questions and answers, each in 2. The question is the name as
/// labels, type A and class IN.
struct NameQuestion {
    private static let header = 12
    let name: String

    /// The question with its identifier.
    func bytes(identifier: UInt16) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(identifier >> 8), UInt8(identifier & 0xFF), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        for label in name.split(separator: ".") {
            bytes.append(UInt8(truncatingIfNeeded: min(label.utf8.count, 63)))
            bytes += label.utf8.prefix(63)
        }
        return bytes + [0, 0, 1, 0, 1]
    }

    /// Whether an answer to a question has come, and whether it has an address; nil for what is no answer to it.
    static func isAnswered(_ reply: ArraySlice<UInt8>, identifier: UInt16) -> Bool? {
        let bytes = Array(reply)
        guard bytes.count >= header, UInt16(bytes[0]) << 8 | UInt16(bytes[1]) == identifier, bytes[2] & 0x80 != 0
        else { return nil }
        return bytes[3] & 0x0F == 0 && (bytes[6] != 0 || bytes[7] != 0)
    }

    /// The answer of an agent to a question: the address 192.0.2.1, whatever the name; nil for what is no question.
    static func answer(to question: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes = Array(question.prefix(512))
        guard bytes.count > header + 5, bytes[2] & 0xF8 == 0, bytes[4] == 0, bytes[5] == 1 else { return nil }
        bytes[2] |= 0x80
        bytes[3] = 0
        bytes[7] = 1
        // The name stands at byte 12; type A, class IN, a minute, 4 bytes.
        return bytes + [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]
    }
}
