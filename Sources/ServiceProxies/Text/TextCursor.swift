/// A place in memory where text goes on; whoever made it has seen to it that there is room.
struct TextCursor {
    private(set) var position: UnsafeMutablePointer<UInt8>

    init(at position: UnsafeMutablePointer<UInt8>) { self.position = position }

    @inline(__always)
    mutating func write(_ byte: UInt8) {
        position.pointee = byte
        position += 1
    }

    @inline(__always)
    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        position.update(from: start, count: bytes.count)
        position += bytes.count
    }

    /// A number in decimal.
    @inline(__always)
    mutating func write(_ number: UInt) {
        var end = position + 1
        var bound: UInt = 10
        // The last bound is beyond what a number holds, and 0.
        while bound > 0, number >= bound {
            end += 1
            bound = bound.multipliedReportingOverflow(by: 10).overflow ? 0 : bound * 10
        }
        var place = end
        var rest = number
        repeat {
            place -= 1
            place.pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        position = end
    }

    /// An address in dotted decimal.
    @inline(__always)
    mutating func write(_ address: IPv4Address) {
        write(octet: UInt8(truncatingIfNeeded: address.number >> 24))
        write(UInt8(ascii: "."))
        write(octet: UInt8(truncatingIfNeeded: address.number >> 16))
        write(UInt8(ascii: "."))
        write(octet: UInt8(truncatingIfNeeded: address.number >> 8))
        write(UInt8(ascii: "."))
        write(octet: UInt8(truncatingIfNeeded: address.number))
    }

    /// The pieces of a text one behind the other.
    mutating func write(_ text: RuleText, _ words: UnsafeBufferPointer<UInt8>) {
        let pieces = text.pieces.span
        for index in 0..<text.count {
            switch pieces[index] {
            case .fixed(let start, let count): write(UnsafeBufferPointer(start: start, count: Int(count)))
            case .word(let word):
                precondition(word.range.upperBound <= words.count, "a word that was forgotten")
                write(UnsafeBufferPointer(rebasing: words[word.range]))
            case .number(let number): write(number)
            case .address(let address): write(address)
            case .range(let base, let length):
                write(base)
                write(UInt8(ascii: "/"))
                write(UInt(length))
            case .endpoint(let address, let port):
                write(address)
                write(UInt8(ascii: ":"))
                write(UInt(port))
            case .base32(let bits): write(base32: bits)
            }
        }
    }

    /// Eight characters of five bits each, from the 40 lowest bits (RFC 4648).
    private mutating func write(base32 bits: UInt64) {
        for position in 0..<8 {
            let value = UInt8(truncatingIfNeeded: bits >> UInt64(35 - 5 * position)) & 31
            write(value < 26 ? UInt8(ascii: "A") + value : UInt8(ascii: "2") + value - 26)
        }
    }

    @inline(__always)
    private mutating func write(octet: UInt8) {
        if octet >= 100 { write(UInt8(ascii: "0") &+ octet / 100) }
        if octet >= 10 { write(UInt8(ascii: "0") &+ octet / 10 % 10) }
        write(UInt8(ascii: "0") &+ octet % 10)
    }
}
