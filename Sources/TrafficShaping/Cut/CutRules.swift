import Contract
import Netlink
import Quantities

/// The rules of nftables that carry out a cut; pure.
///
/// What vanishes does so at the interface itself (family `netdev`), behind the queues of those who send and before the stack of
/// those who receive: a rule in the stack would tell a local sender (EPERM). What is refused is refused in the stack, which alone
/// can answer.
struct CutRules {
    /// What the names of its tables begin with; the process that holds it is behind that.
    static let prefix = "nm-cut-"

    let cut: TrafficCut
    let table: PacketFilterTable

    init(_ cut: TrafficCut, holder: Int32) {
        self.cut = cut
        table = PacketFilterTable(cut.answer == .drop ? .netdev : .inet, "\(Self.prefix)\(holder)")
    }

    /// The process that holds a table of ours; nil for somebody else's table.
    static func holder(of table: PacketFilterTable) -> Int32? {
        guard table.name.hasPrefix(prefix) else { return nil }
        return Int32(table.name.dropFirst(prefix.count))
    }

    /// What `nft -f -` reads.
    var text: String {
        "add table \(table)\n"
            + chains.map { chain in
                let rules = (exempt(chain.direction) + taken(chain.direction)).map {
                    "add rule \(table) \(chain.name) \(chain.link)\($0)\n"
                }
                return "add chain \(table) \(chain.name) { \(chain.kind); policy accept; }\n" + rules.joined()
            }.joined()
    }

    /// How many rules take packets, in all chains.
    var count: Int { chains.reduce(0) { $0 + taken($1.direction).count } }

    private struct Chain {
        let name: String
        let kind: String
        let direction: ShapingDirection
        /// What says which interface it is, where the chain does not.
        var link = ""
    }

    private var chains: [Chain] {
        let directions: [ShapingDirection] = [.egress, .ingress].filter {
            $0 == .egress ? cut.direction.hasEgress : cut.direction.hasIngress
        }
        let name = "\"\(cut.interface)\""
        return directions.flatMap { direction -> [Chain] in
            if cut.answer == .drop {
                let kind = "type filter hook \(direction.rawValue) device \(name) priority 0"
                return [Chain(name: direction.rawValue, kind: kind, direction: direction)]
            }
            let hooks = direction == .egress ? ["output", "forward"] : ["input", "forward"]
            let link = direction == .egress ? "oifname \(name) " : "iifname \(name) "
            return hooks.map { hook in
                Chain(
                    name: "\(direction.rawValue)-\(hook)", kind: "type filter hook \(hook) priority -10",
                    direction: direction, link: link)
            }
        }
    }

    private func exempt(_ direction: ShapingDirection) -> [String] {
        cut.exempt.flatMap { $0.matches(direction) }.map { "\(Self.words($0)) accept" }
    }

    private func taken(_ direction: ShapingDirection) -> [String] {
        let matches =
            cut.filters.isEmpty
            ? IPAddress.Family.allCases.map { PacketMatch(family: $0) } : cut.filters.flatMap { $0.matches(direction) }
        return matches.flatMap { match -> [String] in
            let words = Self.words(match) + size(match)
            switch cut.answer {
            case .drop: return ["\(words) counter drop"]
            case .reject:
                let reset = "counter reject with tcp reset"
                switch match.protocolNumber {
                case nil: return ["\(words) meta l4proto tcp \(reset)", "\(words) counter reject"]
                case 6: return ["\(words) \(reset)"]
                default: return ["\(words) counter reject"]
                }
            }
        }
    }

    private func size(_ match: PacketMatch) -> String {
        guard let above = cut.above else { return "" }
        // The header of IPv6 does not count its own 40 bytes.
        return match.family == .ipv6 ? " ip6 length > \(max(0, above - 40))" : " ip length > \(above)"
    }

    private static func words(_ match: PacketMatch) -> String {
        let isIPv4 = match.family != .ipv6
        var words = ["meta protocol \(isIPv4 ? "ip" : "ip6")"]
        let header = isIPv4 ? "ip" : "ip6"
        if let source = match.source { words.append("\(header) saddr \(source)") }
        if let destination = match.destination { words.append("\(header) daddr \(destination)") }
        if let number = match.protocolNumber { words.append("meta l4proto \(number)") }
        if let port = match.sourcePort { words.append("th sport \(port)") }
        if let port = match.destinationPort { words.append("th dport \(port)") }
        return words.joined(separator: " ")
    }
}
