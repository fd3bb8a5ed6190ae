public import Quantities

/// An IPv4 address in four bytes: tables of 100,000 endpoints are made of these.
public struct IPv4Address: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The address as a number in host order.
    public let number: UInt32

    /// An address by its number in host order.
    public init(number: UInt32) {
        self.number = number
    }

    /// The same address, or nil for one of another family.
    public init?(_ address: IPAddress) {
        guard address.family == .ipv4 else { return nil }
        number = address.bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The four bytes in network order, as ``Quantities/IPAddress`` takes them.
    public var bytes: [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// The address so many further.
    public func advanced(by distance: Int) -> IPv4Address {
        IPv4Address(number: number &+ UInt32(truncatingIfNeeded: distance))
    }

    /// Dotted decimal.
    public var description: String {
        "\(number >> 24).\(number >> 16 & 0xFF).\(number >> 8 & 0xFF).\(number & 0xFF)"
    }

    /// By number.
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.number < right.number }
}
