/// What one iperf3 test measured, from the client's JSON; units are SI base units.
public struct Iperf3Report: Sendable, Equatable {
    /// What only UDP tests have.
    public struct Datagrams: Sendable, Equatable {
        /// Smoothed variation of the transit time in seconds, at the receiver.
        public let jitterSeconds: Double
        /// Share of the datagrams that did not arrive, 0...1.
        public let loss: Double
    }

    /// `3.12` and the like; results of different versions are not comparable.
    public let version: String
    /// Payload per second at the receiver, in bit/s.
    public let receivedBitsPerSecond: Double
    /// Payload that the receiver got.
    public let receivedBytes: Double
    /// Length of the sender's measured interval.
    public let seconds: Double
    /// TCP segments sent again; nil for UDP.
    public let retransmits: Double?
    /// CPU of the client process over wall time; 1 is one processor.
    public let clientLoad: Double
    /// CPU of the server process over wall time.
    public let serverLoad: Double
    /// Jitter and loss; nil for TCP.
    public let datagrams: Datagrams?
}
