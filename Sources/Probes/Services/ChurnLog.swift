import ServiceLab
import ServiceProxies

/// What a client saw while endpoints changed, in order.
struct ChurnLog: Sendable {
    /// One connection.
    struct Entry: Sendable, Equatable {
        /// Nanoseconds from the start of the churn.
        let startedAt: UInt64
        /// Nanoseconds until the connection was there; nil for one that failed.
        let latency: UInt64?
        /// Who answered.
        let endpoint: IPv4Address?
    }

    private(set) var entries: [Entry] = []
    /// Packets sent to dead endpoints since the node was made, as read at the start of each bin.
    private(set) var deadPackets: [UInt64] = []

    /// Length of a bin of the timeline, in nanoseconds.
    static let binNanoseconds: UInt64 = 50_000_000

    /// Reads the counter when a new bin has begun.
    mutating func countDeadPackets(at time: UInt64) {
        guard time / Self.binNanoseconds >= UInt64(deadPackets.count) else { return }
        let packets = ServiceLab.packetsToDead()
        // A connection that took longer than a bin leaves bins in which nothing was read.
        while UInt64(deadPackets.count) <= time / Self.binNanoseconds { deadPackets.append(packets) }
    }

    mutating func take(_ attempt: ServiceClient.Attempt, startedAt: UInt64) {
        switch attempt {
        case .answered(let nanoseconds, let endpoint):
            entries.append(Entry(startedAt: startedAt, latency: nanoseconds, endpoint: endpoint))
        case .timedOut, .refused:
            entries.append(Entry(startedAt: startedAt, latency: nil, endpoint: nil))
        }
    }
}
