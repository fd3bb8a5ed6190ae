/// One message in raw memory, with the header that tells replies apart.
///
/// The header takes at most 8 bytes, fewer in shorter messages. Bit 7 of byte 0 is set in the measured interval and
/// clear in the warm-up. All other bits are the sequence number: its low 7 bits in byte 0, then 8 bits a byte, low
/// first.
struct MessageBuffer: ~Copyable {
    let bytes: UnsafeMutableRawPointer
    let size: Int

    static let longestHeader = 8

    init(size: Int) {
        self.size = size
        // The header is compared as one word, so the memory holds at least one.
        bytes = .allocate(byteCount: max(size, Self.longestHeader), alignment: 64)
        bytes.initializeMemory(as: UInt8.self, repeating: 0x6E, count: max(size, Self.longestHeader))
    }

    deinit {
        bytes.deallocate()
    }

    /// The word that the header of a message of this size can hold.
    static func header(sequence: UInt64, measured: Bool, size: Int) -> UInt64 {
        let word = (sequence & 0x7F) | (measured ? 0x80 : 0) | ((sequence >> 7) << 8)
        return size >= longestHeader ? word : word & ((1 << (UInt64(size) * 8)) - 1)
    }

    /// Whether the first byte of a message says that it belongs to the measured interval.
    static func isMeasured(_ firstByte: UInt8) -> Bool { firstByte & 0x80 != 0 }

    /// The sequence number in a header word.
    static func sequence(of header: UInt64) -> UInt64 {
        (header & 0x7F) | ((header >> 8) << 7)
    }

    /// Bits of the sequence number that a message of this size carries.
    static func sequenceBits(size: Int) -> Int { min(size, longestHeader) * 8 - 1 }

    /// The header word of the message in the buffer.
    @inline(__always)
    var header: UInt64 { Self.header(at: bytes, size: size) }

    @inline(__always)
    func write(header: UInt64) { Self.write(header: header, at: bytes, size: size) }

    /// The header word of a message of this size; a word can be read there, whatever the size.
    @inline(__always)
    static func header(at bytes: UnsafeRawPointer, size: Int) -> UInt64 {
        let word = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        return size >= longestHeader ? word : word & ((1 << (UInt64(size) * 8)) - 1)
    }

    /// Writes the header word of a message of this size.
    @inline(__always)
    static func write(header: UInt64, at bytes: UnsafeMutableRawPointer, size: Int) {
        if size >= longestHeader {
            bytes.storeBytes(of: header.littleEndian, as: UInt64.self)
        } else {
            for index in 0..<size {
                bytes.storeBytes(
                    of: UInt8(truncatingIfNeeded: header >> (UInt64(index) * 8)), toByteOffset: index, as: UInt8.self)
            }
        }
    }
}
