/// What one netperf test measured; units are SI base units.
public struct NetperfReport: Sendable, Equatable {
    /// Which number the test is about.
    public enum Rate: Sendable, Equatable {
        /// A stream: payload in bit/s.
        case bitsPerSecond(Double)
        /// A request-response test: finished round trips in a second, one after the other.
        case transactionsPerSecond(Double)
    }

    /// What THROUGHPUT and THROUGHPUT_UNITS say.
    public let rate: Rate
    /// ELAPSED_TIME.
    public let seconds: Double
    /// P50_LATENCY in seconds, in steps of a microsecond; nil where the test has none.
    public let latencyP50: Double?
    /// P90_LATENCY in seconds.
    public let latencyP90: Double?
    /// P99_LATENCY in seconds.
    public let latencyP99: Double?
    /// REMOTE_BYTES_RECVD.
    public let receivedBytes: Double?
    /// LOCAL_TRANSPORT_RETRANS, the client's; nil over UDP.
    public let retransmits: Double?
}
