public import Quantities

/// An IPv4 or IPv6 address without an allocation: tables of 100,000 addresses are made of these.
public struct CompactAddress: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Which version of the protocol the address belongs to.
    public let family: IPAddress.Family
    private let high: UInt64
    private let low: UInt64

    /// An IPv4 address by its number in host order.
    public init(ipv4 number: UInt32) {
        family = .ipv4
        high = 0
        low = UInt64(number)
    }

    /// The same address.
    public init(_ address: IPAddress) {
        family = address.family
        high = address.bytes.dropLast(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = address.bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    init?(_ family: IPAddress.Family, _ bytes: some Sequence<UInt8>) {
        // IPVS dumps a union of both families: 16 bytes, of which IPv4 uses the first 4.
        guard let address = IPAddress(bytes: Array(bytes.prefix(family.bits / 8))), address.family == family
        else { return nil }
        self.init(address)
    }

    /// The address as a number in host order, or nil for IPv6.
    public var ipv4Number: UInt32? { family == .ipv4 ? UInt32(truncatingIfNeeded: low) : nil }

    /// The same address with its bytes.
    public var address: IPAddress? {
        var bytes: [UInt8] = []
        appendBytes(to: &bytes)
        return IPAddress(bytes: bytes)
    }

    /// The text of the address.
    public var description: String { address.map(\.description) ?? "" }

    func appendBytes(to bytes: inout [UInt8]) {
        if family == .ipv4 {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: low).bigEndian) { bytes.append(contentsOf: $0) }
        } else {
            withUnsafeBytes(of: high.bigEndian) { bytes.append(contentsOf: $0) }
            withUnsafeBytes(of: low.bigEndian) { bytes.append(contentsOf: $0) }
        }
    }

    /// IPv4 before IPv6, and by number within a family.
    public static func < (left: CompactAddress, right: CompactAddress) -> Bool {
        guard left.family == right.family else { return left.family == .ipv4 }
        return (left.high, left.low) < (right.high, right.low)
    }
}
