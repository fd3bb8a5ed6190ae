import Synchronization

/// Makes identifiers whose text order is the order in which they were made.
///
/// The form is a ULID: 48 bits of milliseconds since 1970 and 80 random bits, as 26 characters of Crockford's base 32
/// (no I, L, O, U). Within one process the order is strict even inside a millisecond and when the clock steps back:
/// the random part of the previous identifier is then incremented. Between processes it is by millisecond.
public enum SortableID {
    /// The number of characters of every identifier.
    public static let length = 26

    /// A new identifier for the given moment, later in text order than every one this process made before.
    public static func make(now: Timestamp = .now()) -> String {
        last.withLock { last in
            let milliseconds = UInt64(max(0, now.millisecondsSinceEpoch))
            var next = Value(
                milliseconds: milliseconds, high: .random(in: 0...UInt16.max), low: .random(in: 0...UInt64.max))
            if let last, last.milliseconds >= milliseconds {
                next = last.successor
            }
            last = next
            return next.text
        }
    }

    /// Whether the text has the form of an identifier made here.
    public static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        // 26 characters hold 130 bits; the first one carries only three of them.
        return bytes.count == length && bytes[0] <= UInt8(ascii: "7") && bytes.allSatisfy(alphabet.contains)
    }

    private static let last = Mutex<Value?>(nil)
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    private struct Value {
        var milliseconds: UInt64
        var high: UInt16
        var low: UInt64

        var successor: Value {
            var next = self
            next.low &+= 1
            if next.low == 0 {
                next.high &+= 1
                if next.high == 0 {
                    // All 80 bits used up in one millisecond: borrow the next one, order still holds.
                    next.milliseconds += 1
                }
            }
            return next
        }

        var text: String {
            var characters: [UInt8] = []
            characters.reserveCapacity(SortableID.length)
            for shift in stride(from: 45, through: 0, by: -5) {
                characters.append(SortableID.alphabet[Int(milliseconds >> UInt64(shift) & 31)])
            }
            let random = UInt128(high) << 64 | UInt128(low)
            for shift in stride(from: 75, through: 0, by: -5) {
                characters.append(SortableID.alphabet[Int(truncatingIfNeeded: random >> UInt128(shift)) & 31])
            }
            return String(decoding: characters, as: UTF8.self)
        }
    }
}
