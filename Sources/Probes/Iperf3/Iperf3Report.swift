/// What one iperf3 test measured, from the client's JSON; units are SI base units.
public struct Iperf3Report: Sendable, Equatable {
    /// What one end moved in its measured interval.
    public struct Sum: Sendable, Equatable {
        /// Length of the interval.
        public let seconds: Double
        /// Payload.
        public let bytes: Double
        /// Payload per second in bit/s, by iperf3's own reckoning.
        public let bitsPerSecond: Double
    }

    /// What both ends say of one direction.
    public struct Way: Sendable, Equatable {
        /// What the sender sent.
        public let sent: Sum
        /// What the receiver got.
        public let received: Sum
    }

    /// What only UDP tests have.
    public struct Datagrams: Sendable, Equatable {
        /// Smoothed variation of the transit time in seconds, at the receiver.
        public let jitterSeconds: Double
        /// Share of the payload that did not arrive, 0...1.
        ///
        /// By bytes, since all datagrams have one size. `lost_packets` counts only gaps before a datagram that arrived,
        /// and so misses everything after the path died. With `omit` it also counts losses of the omitted part.
        public let loss: Double
        /// Datagrams that the sender sent.
        public let sent: Double
        /// Gaps that the receiver saw, those of an omitted part among them; below 0 where datagrams overtook each
        /// other.
        public let gaps: Double?
    }

    /// `3.12` and the like; results of different versions are not comparable.
    public let version: String
    /// What the sender sent.
    public let sent: Sum
    /// What the receiver got.
    public let received: Sum
    /// What the server sent, and what of it the client got; nil where only one of the ends sent.
    public let reverse: Way?
    /// TCP segments sent again, in both directions; nil for UDP.
    public let retransmits: Double?
    /// CPU of the client process over wall time; 1 is one processor.
    public let clientLoad: Double
    /// CPU of the server process over wall time.
    public let serverLoad: Double
    /// Jitter and counts; nil for TCP.
    public let datagrams: Datagrams?

    /// Payload per second at the receivers, in bit/s.
    public var receivedBitsPerSecond: Double { received.bitsPerSecond + (reverse?.received.bitsPerSecond ?? 0) }

    /// Payload that the receivers got.
    public var receivedBytes: Double { received.bytes + (reverse?.received.bytes ?? 0) }

    /// Length of the sender's measured interval.
    public var seconds: Double { sent.seconds }
}
