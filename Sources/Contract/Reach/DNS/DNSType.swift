/// A type of record, by its number; those with a name are understood.
public struct DNSType: RawRepresentable, Sendable, Hashable {
    /// The number (IANA, DNS parameters).
    public let rawValue: UInt16

    /// The type of a number.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// An IPv4 address.
    public static let a = DNSType(rawValue: 1)
    /// Another name, which has the answer.
    public static let cname = DNSType(rawValue: 5)
    /// An IPv6 address (RFC 3596).
    public static let aaaa = DNSType(rawValue: 28)
    /// Where a service is (RFC 2782).
    public static let srv = DNSType(rawValue: 33)
    /// What an end can do beyond RFC 1035 (RFC 6891).
    public static let options = DNSType(rawValue: 41)
}
