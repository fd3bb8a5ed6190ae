import Contract
import ServiceProxies
import Statistics

/// Turns what was measured into events; pure.
enum ServiceReport {
    /// Histogram, percentiles and single time-outs of new connections or first datagrams.
    static func latencies(_ outcome: LatencyOutcome, name: (String?) -> String) -> [ProbeEvent] {
        guard outcome.histogram.count > 0 else { return [] }
        return [.histogram(metric: name(nil), json: outcome.histogram.json())]
            + ServiceMetrics.percentiles.map { percentile in
                let value = outcome.histogram.percentile(percentile.percentage)
                // A bucket may read a little below what was recorded in it, hence the 0.1 %.
                let censored = outcome.smallestCensored.map { Double(value) >= Double($0) * 0.999 } ?? false
                return .sample(metric: name(percentile.name), value: Double(value) / 1e9, censored: censored)
            }
    }

    /// What it cost to do something to the services.
    static func cost(_ programming: Programming, of operation: ServiceMetrics.Operation) -> [ProbeEvent] {
        let values: [(ServiceMetrics.Cost, Double)] = [
            (.wall, Double(programming.wallNanoseconds) / 1e9),
            (.planner, Double(programming.plannerNanoseconds) / 1e9),
            (.loaderUser, programming.userSeconds),
            (.loaderSystem, programming.systemSeconds),
            (.lockWait, Double(programming.lockWaitNanoseconds) / 1e9),
            (.peakMemory, Double(programming.peakMemoryBytes)),
            (.input, Double(programming.inputBytes)),
        ]
        return values.map { sample(ServiceMetrics.name(operation, $0.0), $0.1) }
    }

    /// When the change was visible; a change that was not seen is a right-censored sample.
    static func visible(_ finding: VisibilityPoll.Finding, of operation: ServiceMetrics.Operation) -> ProbeEvent {
        let name = ServiceMetrics.name(operation, .visible)
        switch finding {
        case .visible(let nanoseconds):
            return .sample(metric: name, value: Double(nanoseconds) / 1e9, censored: false)
        case .unseen(let nanoseconds):
            return .sample(metric: name, value: Double(nanoseconds) / 1e9, censored: true)
        }
    }

    /// How evenly the endpoints of one service were hit; nil when there is nothing to distribute.
    static func fairness(_ hits: [IPv4Address: Int], endpoints: Int) -> ProbeEvent? {
        guard endpoints > 1 else { return nil }
        let counts = hits.values.map { $0 } + [Int](repeating: 0, count: max(0, endpoints - hits.count))
        // The test's distribution holds when every endpoint is expected at least five times.
        guard counts.reduce(0, +) >= 5 * endpoints else { return nil }
        return ChiSquare.evenness(of: counts).map { sample(ServiceMetrics.fairness.name, $0) }
    }

    static func sample(_ metric: String, _ value: Double) -> ProbeEvent {
        .sample(metric: metric, value: value, censored: false)
    }
}
