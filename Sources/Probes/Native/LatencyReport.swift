import Contract
import Statistics

/// Turns a latency outcome into events; pure.
enum LatencyReport {
    /// CPU over wall time from which the generator's thread counts as the limit.
    static let loadLimit = 0.95
    /// Share of missed sends from which an open loop did not keep its schedule.
    static let missedLimit = 0.01

    /// What is said about an outcome, without the final `done`.
    static func events(_ outcome: LatencyOutcome, _ probe: LatencyProbe, peer: String) -> [ProbeEvent] {
        var events: [ProbeEvent] = outcome.censored.map {
            sample(ProbeMetrics.latency, Double($0) / 1e9, censored: true)
        }
        events.append(sample(ProbeMetrics.timeouts, Double(outcome.timeouts)))
        guard outcome.transactions > 0, outcome.wallNanoseconds > 0 else {
            events.append(silence(outcome, probe, peer))
            return events
        }
        events.append(.histogram(metric: ProbeMetrics.latency.name, json: outcome.histogram.json()))
        events += percentiles(outcome)
        events += rates(outcome)
        return events
    }

    private static func percentiles(_ outcome: LatencyOutcome) -> [ProbeEvent] {
        let wanted: [(Metric, Double)] = [
            (ProbeMetrics.latencyP50, 50), (ProbeMetrics.latencyP90, 90), (ProbeMetrics.latencyP99, 99),
            (ProbeMetrics.latencyP999, 99.9),
        ]
        return wanted.map { metric, percentile in
            let value = outcome.histogram.percentile(percentile)
            // A bucket may read a little below what was recorded in it, hence the 0.1 %.
            let censored = outcome.smallestCensored.map { Double(value) >= Double($0) * 0.999 } ?? false
            return sample(metric, Double(value) / 1e9, censored: censored)
        }
    }

    private static func rates(_ outcome: LatencyOutcome) -> [ProbeEvent] {
        let wall = Double(outcome.wallNanoseconds) / 1e9
        let load = (outcome.busiestSeconds ?? outcome.cpuSeconds) / wall
        var limited = load >= loadLimit
        var events = [
            sample(ProbeMetrics.transactions, Double(outcome.transactions)),
            sample(ProbeMetrics.transactionRate, Double(outcome.transactions) / wall),
            sample(ProbeMetrics.cpuClient, outcome.cpuSeconds),
            sample(ProbeMetrics.generatorLoad, load),
        ]
        if let lag = outcome.sendLag, lag.count > 0 {
            events.append(sample(ProbeMetrics.sendLagP99, Double(lag.percentile(99)) / 1e9))
            events.append(sample(ProbeMetrics.missedSends, Double(outcome.missedSends)))
            limited = limited || Double(outcome.missedSends) > Double(lag.count) * missedLimit
        }
        events.append(sample(ProbeMetrics.generatorLimited, limited ? 1 : 0))
        return events
    }

    private static func silence(_ outcome: LatencyOutcome, _ probe: LatencyProbe, _ peer: String) -> ProbeEvent {
        let seconds = Double(probe.timeoutNanoseconds) / 1e9
        let message =
            "\(peer): no reply to any of \(outcome.timeouts) requests within \(seconds) s each; see that the server "
            + "runs, that it was started for this pattern, and that packets pass in both directions"
        return .failure(code: FailureCode.timedOut.rawValue, message: message)
    }

    private static func sample(_ metric: Metric, _ value: Double, censored: Bool = false) -> ProbeEvent {
        .sample(metric: metric.name, value: value, censored: censored)
    }
}
