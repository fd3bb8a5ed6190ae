/// What the kernel counts of one network namespace: that of this process.
///
/// What cannot be read, or is not as the kernel writes it, is nil and never 0.
public struct NetworkCounters: Sendable, Equatable {
    /// Packets that each link dropped or found broken, of both directions, since it was made.
    public var linkDrops: [String: UInt64]?
    /// Connections that a listener's full queue refused, since the namespace was made.
    public var listenOverflows: UInt64?
    /// TCP segments that were sent again, since the namespace was made.
    public var retransmits: UInt64?
    /// Packets that processors dropped for a full backlog, since boot; of the whole machine.
    public var backlogDrops: UInt64?
    /// Times that a processor's share of time for packets ran out, since boot; of the whole machine.
    public var squeezes: UInt64?
    /// Entries of the connection tracker; nil where there is none.
    public var trackedConnections: Int?
    /// How many it has room for.
    public var trackedLimit: Int?

    /// Nothing is known.
    public init() {}

    /// Reads them now.
    public static func read() -> NetworkCounters {
        var counters = NetworkCounters()
        counters.linkDrops = text("dev").flatMap(linkDrops)
        counters.listenOverflows = text("netstat").flatMap { number("ListenOverflows", of: "TcpExt", in: $0) }
        counters.retransmits = text("snmp").flatMap { number("RetransSegs", of: "Tcp", in: $0) }
        let backlog = text("softnet_stat").flatMap(backlog)
        (counters.backlogDrops, counters.squeezes) = (backlog?.drops, backlog?.squeezes)
        counters.trackedConnections = ConntrackCount.entries()
        counters.trackedLimit = HostFile.line("/proc/sys/net/netfilter/nf_conntrack_max").flatMap { Int($0) }
        return counters
    }

    private static func text(_ name: String) -> String? { try? HostFile.read("/proc/self/net/\(name)") }

    /// Of `/proc/net/dev`: errors and drops stand third and fourth of what was received, and of what was sent.
    package static func linkDrops(in text: String) -> [String: UInt64]? {
        let lines = text.split(separator: "\n")
        // Two lines of headings come first.
        guard lines.count >= 2, lines.prefix(2).allSatisfy({ $0.contains("|") }) else { return nil }
        var drops: [String: UInt64] = [:]
        for line in lines.dropFirst(2) {
            guard let colon = line.lastIndex(of: ":") else { return nil }
            let words = line[line.index(after: colon)...].split(separator: " ")
            let numbers = words.compactMap { UInt64($0) }
            guard words.count == 16, numbers.count == 16 else { return nil }
            let sum = [numbers[2], numbers[3], numbers[10], numbers[11]].reduce(UInt64(0), &+)
            guard drops.updateValue(sum, forKey: line[..<colon].filter { $0 != " " }) == nil else { return nil }
        }
        return drops
    }

    /// Of `/proc/net/snmp` and `netstat`: a line of names and a line of numbers for each protocol, both with its name first.
    package static func number(_ name: String, of group: String, in text: String) -> UInt64? {
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("\(group):") }.map { $0.split(separator: " ") }
        guard lines.count == 2, lines[0].count == lines[1].count, let index = lines[0].firstIndex(of: name[...]) else {
            return nil
        }
        return UInt64(lines[1][index])
    }

    /// Of `/proc/net/softnet_stat`: a line for each processor, hexadecimal; drops stand second, squeezes third.
    package static func backlog(in text: String) -> (drops: UInt64, squeezes: UInt64)? {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        guard let first = lines.first, first.count >= 3 else { return nil }
        var sums: (drops: UInt64, squeezes: UInt64) = (0, 0)
        for words in lines {
            let numbers = words.compactMap { UInt32($0, radix: 16) }
            guard words.count == first.count, numbers.count == words.count else { return nil }
            sums = (sums.drops + UInt64(numbers[1]), sums.squeezes + UInt64(numbers[2]))
        }
        return sums
    }
}
