/// Who sends what, and when: `pattern` in resources and in plans.
public enum TrafficPattern: String, Codable, Sendable, Hashable, CaseIterable {
    /// One direction, as fast as it goes or at a given rate; netperf's TCP_STREAM.
    case stream
    /// One connection; the next request follows the reply to the last one. netperf's TCP_RR and UDP_RR.
    case requestResponse = "request-response"
    /// A new TCP connection for each transaction: connect, request, reply, the server's close, our close. netperf's TCP_CRR.
    case connectRequestClose = "connect-request-close"
    /// Requests leave at a fixed rate, whether or not replies come; latency counts from the intended time.
    case openLoop = "open-loop"
    /// Datagrams in one direction, as many as go.
    case flood
    /// Datagrams in one direction at rates that are searched: the highest that loses less than a limit (RFC 2544).
    case highestRate = "highest-rate"
}
