/// What the kernel counts of one network namespace: that of this process.
public struct NetworkCounters: Sendable, Equatable {
    /// Packets that each link dropped or found broken, of both directions, since it was made.
    public var linkDrops: [String: UInt64] = [:]
    /// Connections that a listener's full queue refused, since the namespace was made.
    public var listenOverflows: UInt64 = 0
    /// Packets that processors dropped for a full backlog, since boot; of the whole machine.
    public var backlogDrops: UInt64 = 0
    /// Times that a processor's share of time for packets ran out, since boot; of the whole machine.
    public var squeezes: UInt64 = 0
    /// Entries of the connection tracker; nil where there is none.
    public var trackedConnections: Int?
    /// How many it has room for.
    public var trackedLimit: Int?

    /// Reads them now; what cannot be read is none.
    public static func read() -> NetworkCounters {
        var counters = NetworkCounters()
        counters.linkDrops = linkDrops(in: (try? HostFile.read("/proc/self/net/dev")) ?? "")
        counters.listenOverflows = listenOverflows(in: (try? HostFile.read("/proc/self/net/netstat")) ?? "")
        let backlog = backlog(in: (try? HostFile.read("/proc/self/net/softnet_stat")) ?? "")
        (counters.backlogDrops, counters.squeezes) = backlog
        counters.trackedConnections = ConntrackCount.entries()
        counters.trackedLimit = (try? HostFile.read("/proc/sys/net/netfilter/nf_conntrack_max"))
            .flatMap { Int($0.filter(\.isNumber)) }
        return counters
    }

    /// Of `/proc/net/dev`: errors and drops stand third and fourth of what was received, and of what was sent.
    package static func linkDrops(in text: String) -> [String: UInt64] {
        var drops: [String: UInt64] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let numbers = line[line.index(after: colon)...].split(separator: " ").map { UInt64($0) ?? 0 }
            guard numbers.count >= 16 else { continue }
            let sum = [numbers[2], numbers[3], numbers[10], numbers[11]].reduce(UInt64(0), &+)
            drops[line[..<colon].filter { $0 != " " }] = sum
        }
        return drops
    }

    /// Of `/proc/net/netstat`: a line of names and a line of numbers, both begin with `TcpExt:`.
    package static func listenOverflows(in text: String) -> UInt64 {
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("TcpExt:") }
        guard lines.count == 2 else { return 0 }
        let (names, numbers) = (lines[0].split(separator: " "), lines[1].split(separator: " "))
        guard let index = names.firstIndex(of: "ListenOverflows"), numbers.indices.contains(index) else { return 0 }
        return UInt64(numbers[index]) ?? 0
    }

    /// Of `/proc/net/softnet_stat`: a line for each processor, hexadecimal; drops stand second, squeezes third.
    package static func backlog(in text: String) -> (drops: UInt64, squeezes: UInt64) {
        text.split(separator: "\n").reduce((drops: 0, squeezes: 0)) { sums, line in
            let numbers = line.split(separator: " ").map { UInt64($0, radix: 16) ?? 0 }
            guard numbers.count >= 3 else { return sums }
            return (sums.drops &+ numbers[1], sums.squeezes &+ numbers[2])
        }
    }
}
