package import Contract
import Statistics

/// Turns a report into events; pure.
package enum Iperf3Events {
    /// CPU over wall time of either end from which the generator counts as the limit.
    ///
    /// Before 3.16 one thread does all streams, so an end cannot use more than one processor.
    static let loadLimit = 0.95

    package static func events(_ report: Iperf3Report) -> [ProbeEvent] {
        let load = max(report.clientLoad, report.serverLoad)
        var events = [
            sample(ProbeMetrics.throughput.name, report.receivedBitsPerSecond),
            sample(ProbeMetrics.bytes.name, report.receivedBytes),
        ]
        if let reverse = report.reverse {
            events.append(sample(ProbeMetrics.streamThroughput(.up).name, report.received.bitsPerSecond))
            events.append(sample(ProbeMetrics.streamThroughput(.down).name, reverse.received.bitsPerSecond))
        }
        if let retransmits = report.retransmits { events.append(sample(ProbeMetrics.retransmits.name, retransmits)) }
        if let datagrams = report.datagrams {
            events.append(sample(ProbeMetrics.jitter.name, datagrams.jitterSeconds))
            events.append(sample(ProbeMetrics.loss.name, datagrams.loss))
        }
        events += [
            sample(ProbeMetrics.cpuClient.name, report.clientLoad * report.seconds),
            sample(ProbeMetrics.cpuServer.name, report.serverLoad * report.seconds),
            sample(ProbeMetrics.generatorLoad.name, load),
            sample(ProbeMetrics.generatorLimited.name, load >= loadLimit ? 1 : 0),
        ]
        return events
    }

    private static func sample(_ metric: String, _ value: Double) -> ProbeEvent {
        .sample(metric: metric, value: value, censored: false)
    }
}
