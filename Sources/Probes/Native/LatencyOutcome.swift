import Statistics

/// What a latency client measured.
struct LatencyOutcome: Sendable {
    /// Round trips in nanoseconds; a time-out stands in it with the time after which it was given up.
    var histogram = LatencyHistogram()
    /// Delays of sends behind their schedule; open loop only.
    var sendLag: LatencyHistogram?
    /// Transactions that finished.
    var transactions: UInt64 = 0
    /// Requests given up.
    var timeouts: UInt64 = 0
    /// Sends more than one period late.
    var missedSends: UInt64 = 0
    /// The first time-outs, in nanoseconds; the histogram has all.
    private(set) var censored: [UInt64] = []
    /// The earliest that a request was given up: percentiles from here on are lower bounds.
    private(set) var smallestCensored: UInt64?
    /// CPU time of the client's threads.
    var cpuSeconds = 0.0
    /// CPU time of the one of them that took most; nil where there is one.
    var busiestSeconds: Double?
    /// Length of the measured interval; for an open loop the span of its sends.
    var wallNanoseconds: UInt64 = 0
    /// Whether it was stopped before its end.
    var interrupted = false

    /// How many time-outs become samples of their own.
    static let censoredLimit = 100

    init() {
        // Now, so that nothing is allocated in the measured interval.
        censored.reserveCapacity(Self.censoredLimit)
    }

    @inline(__always)
    mutating func record(_ nanoseconds: UInt64) {
        transactions += 1
        histogram.record(nanoseconds: nanoseconds)
    }

    mutating func recordTimeout(_ nanoseconds: UInt64) {
        timeouts += 1
        histogram.record(nanoseconds: nanoseconds)
        smallestCensored = min(smallestCensored ?? nanoseconds, nanoseconds)
        if censored.count < Self.censoredLimit { censored.append(nanoseconds) }
    }

    /// Adds what another thread of the same client measured in the same interval.
    mutating func merge(_ other: LatencyOutcome) {
        histogram.merge(other.histogram)
        transactions += other.transactions
        timeouts += other.timeouts
        censored += other.censored.prefix(Self.censoredLimit - censored.count)
        smallestCensored = [smallestCensored, other.smallestCensored].compactMap(\.self).min()
        busiestSeconds = max(busiestSeconds ?? cpuSeconds, other.busiestSeconds ?? other.cpuSeconds)
        cpuSeconds += other.cpuSeconds
        interrupted = interrupted || other.interrupted
    }
}
