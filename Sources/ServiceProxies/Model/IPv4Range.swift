public import Quantities

/// A range of IPv4 addresses by prefix.
public struct IPv4Range: Sendable, Hashable, CustomStringConvertible {
    /// The first address; bits behind the prefix are 0.
    public let base: IPv4Address
    /// Bits that all addresses of the range share, 0 to 32.
    public let prefixLength: Int

    /// A range; bits of `address` behind the prefix are cleared.
    public init(_ address: IPv4Address, prefixLength: Int) {
        let mask = prefixLength == 0 ? 0 : UInt32.max << UInt32(32 - prefixLength)
        base = IPv4Address(number: address.number & mask)
        self.prefixLength = prefixLength
    }

    /// The same range, or nil for one of another family.
    public init?(_ range: CIDR) {
        guard let address = IPv4Address(range.address) else { return nil }
        self.init(address, prefixLength: range.prefixLength)
    }

    /// How many addresses there are.
    public var count: Int { 1 << (32 - prefixLength) }

    /// Whether the address is in the range.
    public func contains(_ address: IPv4Address) -> Bool {
        IPv4Range(address, prefixLength: prefixLength).base == base
    }

    /// CIDR notation.
    public var description: String { "\(base)/\(prefixLength)" }
}
