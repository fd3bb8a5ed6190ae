/// What datagrams of a path probe hold: their number, and bytes that follow from it, so that every changed bit is seen.
struct PathPattern: Sendable {
    let size: Int

    private static let magic: UInt32 = 0x6E6D_7074

    /// Writes the datagram of a number.
    func write(_ number: Int, to bytes: UnsafeMutableRawPointer) {
        for offset in 0..<size { bytes.storeBytes(of: byte(number, offset), toByteOffset: offset, as: UInt8.self) }
        bytes.storeBytes(of: Self.magic.littleEndian, as: UInt32.self)
        bytes.storeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian, toByteOffset: 4, as: UInt32.self)
    }

    /// The number of a datagram; nil where any bit of it is not as it was written.
    func number(of bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count == size, UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)) == Self.magic else {
            return nil
        }
        let number = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        for offset in 8..<size where bytes[offset] != byte(number, offset) { return nil }
        return number
    }

    private func byte(_ number: Int, _ offset: Int) -> UInt8 {
        // All of the number, so that a changed bit of it does not go with the rest.
        let folded = number ^ number >> 8 ^ number >> 16 ^ number >> 24
        return UInt8(truncatingIfNeeded: (folded &* 31) ^ (offset &* 7) ^ 0x5A)
    }
}
