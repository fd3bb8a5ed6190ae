public import Quantities

/// A rule by which the kernel chooses a routing table, as `ip rule` shows it.
public struct RoutingRule: Sendable, Hashable, CustomStringConvertible {
    /// Rules are tried in this order.
    public let priority: Int
    /// The family of the packets that it is for.
    public let family: IPAddress.Family
    /// Where packets come from; nil for anywhere.
    public let source: CIDR?
    /// Where packets go to; nil for anywhere.
    public let destination: CIDR?
    /// The link that packets came in by; nil for any.
    public let inputInterface: String?
    /// The link that the socket is bound to; nil for any.
    public let outputInterface: String?
    /// The packets' mark; 0 for any.
    public let mark: Int
    /// The table that is looked up.
    public let table: Int

    /// For example `100: ipv4 from 10.1.0.0/24 lookup 7`.
    public var description: String {
        var words = ["\(priority):", family.rawValue, "from \(source?.description ?? "all")"]
        if let destination { words.append("to \(destination)") }
        if let inputInterface { words.append("iif \(inputInterface)") }
        if let outputInterface { words.append("oif \(outputInterface)") }
        if mark != 0 { words.append("fwmark \(mark)") }
        return (words + ["lookup \(table)"]).joined(separator: " ")
    }
}
