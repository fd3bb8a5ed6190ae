/// An IPv4 or IPv6 address, without a zone.
public struct IPAddress: Quantity, Comparable, Codable {
    /// The two versions of the Internet protocol.
    public enum Family: String, Sendable, Hashable, Codable, CaseIterable {
        case ipv4
        case ipv6

        /// Bits of an address: 32 or 128.
        public var bits: Int { self == .ipv4 ? 32 : 128 }
    }

    /// The 4 or 16 bytes in network order.
    public let bytes: [UInt8]

    /// The address with these bytes, when there are 4 or 16 of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// The IPv4 address with these four numbers.
    public init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        bytes = [first, second, third, fourth]
    }

    /// Reads dotted decimal (RFC 6943's strict form: no leading zeros) or RFC 4291 text.
    public init(parsing text: String) throws(QuantityError) {
        let bytes = text.contains(":") ? IPv6Text.bytes(of: text) : IPv4Text.bytes(of: text)
        guard let bytes else {
            let family = text.contains(":") ? "IPv6" : "IPv4"
            let reason = text.isEmpty ? "it is empty" : "it is not a valid \(family) address"
            throw QuantityError(text: text, expectation: Self.expectation, reason: reason)
        }
        self.bytes = bytes
    }

    /// How an IP address has to be written.
    public static let expectation = "an IP address, such as 10.0.0.1 or fd00::1"

    /// Which version of the protocol the address belongs to.
    public var family: Family { bytes.count == 4 ? .ipv4 : .ipv6 }

    /// The address that stands `count` further on, or nil behind the last of the family.
    public func advanced(by count: UInt64) -> IPAddress? {
        var carry = count
        var result = bytes
        for index in bytes.indices.reversed() where carry > 0 {
            // The low byte is split off before adding, so that a count near the maximum cannot overflow.
            let sum = UInt64(result[index]) + (carry & 0xFF)
            result[index] = UInt8(truncatingIfNeeded: sum)
            carry = (carry >> 8) + (sum >> 8)
        }
        return carry == 0 ? IPAddress(bytes: result) : nil
    }

    /// Dotted decimal, or the canonical text of RFC 5952.
    public var description: String {
        family == .ipv4 ? IPv4Text.text(of: bytes) : IPv6Text.text(of: bytes)
    }

    /// IPv4 before IPv6, and by number within a family.
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        guard left.bytes.count == right.bytes.count else { return left.bytes.count < right.bytes.count }
        return left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
