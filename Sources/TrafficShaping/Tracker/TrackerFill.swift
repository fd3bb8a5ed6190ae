import Contract
import Netlink

/// With what a connection tracker is filled, and when it is not; pure.
///
/// The addresses are those for measurements of devices (RFC 2544, 198.18.0.0/15), which no pod has: no packet is ever taken for one
/// of these connections.
enum TrackerFill {
    /// What tells our connections from those of others.
    static let mark: UInt32 = 0x6E6D_6374
    /// How many are told at once; between them somebody else may want to undo.
    static let chunk = 4_096
    /// What a connection takes of the kernel's memory, in bytes, with all that it may have beside it.
    static let entryBytes = 512
    /// The part of the memory that is free which may be taken.
    static let memoryShare = 0.5

    private static let firstSource: UInt32 = 0xC612_0000
    private static let sources: UInt32 = 1 << 16
    private static let destination = CompactAddress(ipv4: 0xC613_0001)
    // Discard (RFC 863).
    private static let port: UInt16 = 9

    /// The connection of a number; each below 65,535 × 65,536 has one of its own.
    static func entry(_ number: UInt32, timeoutSeconds: UInt32) -> ConntrackEntry {
        ConntrackEntry(
            source: CompactAddress(ipv4: firstSource + number % sources), destination: destination,
            sourcePort: UInt16(1 + number / sources), destinationPort: port, timeoutSeconds: timeoutSeconds,
            mark: mark)
    }

    /// How long the kernel keeps what is told now, so that it is over at the deadline; times in nanoseconds.
    static func timeoutSeconds(from now: UInt64, until deadline: UInt64) -> UInt32 {
        let rest = deadline > now ? deadline - now : 0
        return UInt32(clamping: max(1, (rest + 999_999_999) / 1_000_000_000))
    }

    /// Why it is not to be filled, or nil; `memory` is what is free, in bytes, where that is known.
    static func refusal(_ counts: ConntrackCounts, memory: UInt64?) -> (cause: String, nextStep: String)? {
        let setting = "net.netfilter.nf_conntrack_max"
        guard counts.limit > 0 else {
            return ("this kernel has no limit of tracked connections", "set \(setting) of the machine to 65536 or so")
        }
        guard counts.limit <= ConntrackFull.mostEntries else {
            return (
                "it has room for \(counts.limit) connections, and at most \(ConntrackFull.mostEntries) are filled in",
                "set \(setting) of the machine lower"
            )
        }
        let needed = UInt64(max(0, counts.limit - counts.entries) * entryBytes)
        guard let memory, Double(needed) > Double(memory) * memoryShare else { return nil }
        return (
            "it takes about \(needed >> 20) MiB of the kernel's memory, and \(memory >> 20) MiB are free",
            "set \(setting) of the machine lower, or free memory"
        )
    }
}
