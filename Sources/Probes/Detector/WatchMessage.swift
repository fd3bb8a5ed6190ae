/// What agents send each other in datagrams; pure.
///
/// 48 bytes, numbers big-endian: `NMW1`, 1 for a request or 2 for a reply in 4 bytes, the check and its window in 4 each, a number
/// of the attempt and 8 bytes that nobody can guess; and in replies when the request came, by the other end's clock, and how long
/// it was there, in 8 each. A request for large packets is as long as they are.
struct WatchMessage: Equatable {
    static let size = 48
    private static let magic: UInt32 = 0x4E4D_5731

    var isReply = false
    var check: UInt32
    var window: UInt32
    var attempt: UInt64
    var secret: UInt64
    var arrival: UInt64 = 0
    var stay: UInt64 = 0

    init(check: UInt32, window: UInt32, attempt: UInt64, secret: UInt64) {
        self.check = check
        self.window = window
        self.attempt = attempt
        self.secret = secret
    }

    /// Reads a message; nil for what is none of ours.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.size, Self.word(bytes, 0) == Self.magic else { return nil }
        switch Self.word(bytes, 4) {
        case 1: isReply = false
        case 2: isReply = true
        default: return nil
        }
        check = Self.word(bytes, 8)
        window = Self.word(bytes, 12)
        attempt = Self.long(bytes, 16)
        secret = Self.long(bytes, 24)
        arrival = Self.long(bytes, 32)
        stay = Self.long(bytes, 40)
    }

    /// Writes the message to the beginning of a buffer of at least ``size`` bytes.
    func write(to bytes: UnsafeMutableRawBufferPointer) {
        func store<Number: FixedWidthInteger>(_ number: Number, _ place: Int) {
            bytes.storeBytes(of: number.bigEndian, toByteOffset: place, as: Number.self)
        }
        store(Self.magic, 0)
        store(isReply ? UInt32(2) : 1, 4)
        store(check, 8)
        store(window, 12)
        store(attempt, 16)
        store(secret, 24)
        store(arrival, 32)
        store(stay, 40)
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }

    private static func long(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
