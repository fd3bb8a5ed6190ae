package import Contract
import Statistics

/// Turns a report into events; pure.
package enum NetperfEvents {
    /// CPU over wall time of the client from which it counts as the limit.
    static let loadLimit = 0.95

    package static func events(_ report: NetperfReport, cpuSeconds: Double) -> [ProbeEvent] {
        let load = cpuSeconds / report.seconds
        var numbers: [(Metric, Double?)] = []
        switch report.rate {
        case .bitsPerSecond(let rate):
            numbers = [
                (ProbeMetrics.throughput, rate), (ProbeMetrics.bytes, report.receivedBytes),
                (ProbeMetrics.retransmits, report.retransmits),
            ]
        case .transactionsPerSecond(let rate):
            numbers = [
                (ProbeMetrics.transactionRate, rate),
                (ProbeMetrics.transactions, (rate * report.seconds).rounded()),
                (ProbeMetrics.latencyP50, report.latencyP50), (ProbeMetrics.latencyP90, report.latencyP90),
                (ProbeMetrics.latencyP99, report.latencyP99),
            ]
        }
        numbers += [
            (ProbeMetrics.cpuClient, cpuSeconds), (ProbeMetrics.generatorLoad, load),
            (ProbeMetrics.generatorLimited, load >= loadLimit ? 1 : 0),
        ]
        return numbers.compactMap { metric, value in
            value.map { .sample(metric: metric.name, value: $0, censored: false) }
        }
    }
}
