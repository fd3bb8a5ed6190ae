/// Counters of links in the namespace of this process, by proc(5), /proc/net/dev.
public enum LinkCounters {
    /// Packets that a link has sent; 0 when there is no such link.
    public static func sentPackets(of name: String) -> UInt64 {
        (try? HostFile.read("/proc/self/net/dev")).map { sentPackets(of: name, in: $0) } ?? 0
    }

    /// The tenth number of the link's line: eight of what was received stand before bytes and packets that were sent.
    package static func sentPackets(of name: String, in text: String) -> UInt64 {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != " " }) == name else { continue }
            let numbers = parts[1].split(separator: " ")
            return numbers.count > 9 ? UInt64(numbers[9]) ?? 0 : 0
        }
        return 0
    }
}
