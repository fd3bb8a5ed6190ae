/// An IP address with the length of its network prefix, such as `10.0.0.0/16`; bits behind the prefix are kept.
public struct CIDR: Quantity, Codable {
    /// The address as written: an interface's own address, or the first of a network.
    public let address: IPAddress
    /// The number of leading bits that name the network.
    public let prefixLength: Int

    /// That address in a network with that prefix, when the length suits the family.
    public init?(address: IPAddress, prefixLength: Int) {
        guard (0...address.family.bits).contains(prefixLength) else { return nil }
        self.address = address
        self.prefixLength = prefixLength
    }

    /// That address in a network with that prefix; a length beyond the family's bits counts as all of them.
    public init(_ address: IPAddress, clampedPrefixLength length: Int) {
        self.address = address
        prefixLength = min(max(length, 0), address.family.bits)
    }

    /// Reads an address, a slash and a decimal prefix length.
    public init(parsing text: String) throws(QuantityError) {
        func refusal(_ reason: String) -> QuantityError {
            QuantityError(text: text, expectation: Self.expectation, reason: reason)
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw refusal(
                text.isEmpty ? "it is empty" : parts.count < 2 ? "it has no prefix length" : "it has more than one /"
            )
        }
        let address: IPAddress
        do throws(QuantityError) {
            address = try IPAddress(parsing: String(parts[0]))
        } catch {
            throw refusal("\"\(parts[0])\" is not an IP address")
        }
        guard let length = Int(parts[1]), String(length) == parts[1],
            let cidr = CIDR(address: address, prefixLength: length)
        else { throw refusal("the prefix length is not a whole number from 0 to \(address.family.bits)") }
        self = cidr
    }

    /// How a network has to be written.
    public static let expectation = "a network in CIDR form, such as 10.0.0.0/16 or fd00::/64"

    /// The first address of the network: the prefix, with zeros behind it.
    public var network: IPAddress {
        let masked = address.bytes.enumerated().map { index, byte in
            byte & Self.mask(ofByte: index, prefixLength: prefixLength)
        }
        return IPAddress(bytes: masked) ?? address
    }

    /// How many addresses the network has, exact for every power of two.
    public var count: Double {
        (0..<address.family.bits - prefixLength).reduce(1) { size, _ in size * 2 }
    }

    /// Whether the address belongs to this network.
    public func contains(_ other: IPAddress) -> Bool {
        other.family == address.family
            && CIDR(address: other, prefixLength: prefixLength)?.network == network
    }

    /// Whether the two networks have an address in common.
    public func overlaps(_ other: CIDR) -> Bool {
        prefixLength <= other.prefixLength ? contains(other.network) : other.contains(network)
    }

    /// The address at that index, counted from the network's first, or nil outside of the network.
    public func address(at index: UInt64) -> IPAddress? {
        network.advanced(by: index).flatMap { contains($0) ? $0 : nil }
    }

    /// The network number `index` of those with a longer prefix that divide this one, or nil where there is none.
    public func subnet(prefixLength length: Int, index: UInt64) -> CIDR? {
        guard (prefixLength...address.family.bits).contains(length) else { return nil }
        let indexBits = length - prefixLength
        guard indexBits >= 64 || index >> UInt64(indexBits) == 0 else { return nil }
        var bytes = network.bytes
        // The index is placed bit by bit, as it may straddle bytes: its lowest bit is the prefix's last.
        for bit in 0..<min(64, indexBits) where index >> UInt64(bit) & 1 == 1 {
            let position = length - 1 - bit
            bytes[position / 8] |= 0x80 >> UInt8(position % 8)
        }
        return IPAddress(bytes: bytes).flatMap { CIDR(address: $0, prefixLength: length) }
    }

    /// The address, a slash and the prefix length.
    public var description: String { "\(address)/\(prefixLength)" }

    private static func mask(ofByte index: Int, prefixLength: Int) -> UInt8 {
        let bits = min(8, max(0, prefixLength - index * 8))
        return bits == 0 ? 0 : 0xFF << UInt8(8 - bits)
    }
}
