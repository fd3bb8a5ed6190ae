/// A hardware address: 6 bytes of Ethernet, 8 of an EUI-64, or 20 of IP over InfiniBand.
public struct MACAddress: Quantity, Codable {
    /// The bytes in transmission order.
    public let bytes: [UInt8]

    /// How many bytes there may be.
    private static let lengths = [6, 8, 20]

    /// The address with these bytes, when there are 6, 8 or 20 of them.
    public init?(bytes: [UInt8]) {
        guard Self.lengths.contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// Reads pairs of hexadecimal digits with colons between them.
    public init(parsing text: String) throws(QuantityError) {
        let pairs = text.split(separator: ":", omittingEmptySubsequences: false)
        let bytes = pairs.compactMap { pair in
            pair.count == 2 && pair.allSatisfy(\.isHexDigit) ? UInt8(pair, radix: 16) : nil
        }
        guard Self.lengths.contains(pairs.count), bytes.count == pairs.count else {
            let reason = text.isEmpty ? "it is empty" : "it is not 6, 8 or 20 pairs of hexadecimal digits"
            throw QuantityError(text: text, expectation: Self.expectation, reason: reason)
        }
        self.bytes = bytes
    }

    /// How a hardware address has to be written.
    public static let expectation = "a hardware address, such as 02:00:00:00:00:01"

    /// Pairs of lower-case hexadecimal digits with colons between them.
    public var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }
}
