/// Text for a program, made byte by byte: tables of a million lines are written without a single `String`.
struct TextBuffer: Sendable {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// An empty buffer with room for so many bytes; memory that is not written to costs nothing.
    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes a fixed piece of text.
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes bytes that were made elsewhere.
    mutating func append(_ other: [UInt8]) {
        bytes.append(contentsOf: other)
    }

    /// Writes bytes of any shape.
    mutating func append(sequence: some Sequence<UInt8>) {
        bytes.append(contentsOf: sequence)
    }

    /// Writes a part of bytes that were made elsewhere.
    mutating func append(_ other: ArraySlice<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// Writes a text that is known at run time only; not for the hot path.
    mutating func append(text: some StringProtocol) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes a number that is not negative, in decimal.
    mutating func append(number: Int) {
        var rest = number
        guard rest > 9 else { return bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)) }
        let start = bytes.count
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }

    /// Writes an address in dotted decimal.
    mutating func append(_ address: IPv4Address) {
        let number = address.number
        append(octet: UInt8(truncatingIfNeeded: number >> 24))
        bytes.append(UInt8(ascii: "."))
        append(octet: UInt8(truncatingIfNeeded: number >> 16))
        bytes.append(UInt8(ascii: "."))
        append(octet: UInt8(truncatingIfNeeded: number >> 8))
        bytes.append(UInt8(ascii: "."))
        append(octet: UInt8(truncatingIfNeeded: number))
    }

    /// Writes a range in CIDR notation.
    mutating func append(_ range: IPv4Range) {
        append(range.base)
        bytes.append(UInt8(ascii: "/"))
        append(number: range.prefixLength)
    }

    /// Forgets what was written, and keeps the room.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func append(octet: UInt8) {
        if octet >= 100 { bytes.append(UInt8(ascii: "0") &+ octet / 100) }
        if octet >= 10 { bytes.append(UInt8(ascii: "0") &+ octet / 10 % 10) }
        bytes.append(UInt8(ascii: "0") &+ octet % 10)
    }
}
