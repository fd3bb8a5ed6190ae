import ServiceProxies
import Statistics

/// What many connections to services came to.
struct ConnectOutcome: Sendable {
    /// Times until a connection was there, in nanoseconds; a time-out stands in it with the time until it was given up.
    var latency = LatencyOutcome()
    /// Connections that were refused.
    var refused: UInt64 = 0
    /// Answers from an endpoint that does not belong to the service.
    var strangers: UInt64 = 0
    /// How often each endpoint answered.
    var hits: [IPv4Address: Int] = [:]
    /// How long it took altogether, in nanoseconds.
    var wallNanoseconds: UInt64 = 0

    /// Takes one connection in; only endpoints in `expected` may have answered.
    mutating func take(_ attempt: ServiceClient.Attempt, expected: ClosedRange<IPv4Address>) {
        switch attempt {
        case .answered(let nanoseconds, let endpoint):
            latency.record(nanoseconds)
            if expected.contains(endpoint) {
                hits[endpoint, default: 0] += 1
            } else {
                strangers += 1
            }
        case .timedOut(let nanoseconds): latency.recordTimeout(nanoseconds)
        case .refused: refused += 1
        }
    }
}
