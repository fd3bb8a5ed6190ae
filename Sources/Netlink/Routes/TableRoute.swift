public import Quantities

/// A route of any table and any kind, as `ip route show table all` lists it.
public struct TableRoute: Sendable, Hashable, CustomStringConvertible {
    /// The number of the table; 254 is `main`, 255 `local`.
    public let table: Int
    /// What happens to packets for it, by the kernel's word: `unicast`, `local`, `blackhole`, `unreachable` and others.
    public let kind: String
    /// The family of the packets that it is for.
    public let family: IPAddress.Family
    /// Where to; nil is the default route.
    public let destination: CIDR?
    /// Next hops, each `via` a gateway and `dev` a link as far as it has them.
    public let hops: [String]
    /// Which of several routes to one destination comes first; 0 where none is said.
    public let priority: Int
    /// Whether the kernel made it by itself, because of an address or a link (`RTPROT_KERNEL`).
    public let isOfKernel: Bool

    /// The number of the table `main`.
    public static let mainTable = 254
    /// The number of the table `local`.
    public static let localTable = 255

    /// A route; what it does not say is as usual.
    public init(
        table: Int = mainTable, kind: String = "unicast", family: IPAddress.Family, destination: CIDR?,
        hops: [String] = [], priority: Int = 0, isOfKernel: Bool = false
    ) {
        self.table = table
        self.kind = kind
        self.family = family
        self.destination = destination
        self.hops = hops
        self.priority = priority
        self.isOfKernel = isOfKernel
    }

    /// For example `blackhole 10.1.0.0/24 table 7`; what is usual is left out.
    public var description: String {
        var words = kind == "unicast" ? [] : [kind]
        words.append(destination?.description ?? (family == .ipv4 ? "default" : "default (ipv6)"))
        words += hops
        if table != Self.mainTable { words.append("table \(table)") }
        if priority != 0 { words.append("metric \(priority)") }
        return words.joined(separator: " ")
    }
}
