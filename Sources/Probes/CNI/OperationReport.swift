import Contract
import Statistics

/// Turns durations of operations into events; pure.
enum OperationReport {
    /// Histogram and percentiles of one operation, in the order in which they are reported.
    static func latencies(_ nanoseconds: [UInt64], of operation: CNIMetrics.Operation) -> [ProbeEvent] {
        events(nanoseconds, CNIMetrics.name(operation, "latency"), [50, 90, 99])
    }

    /// The histogram alone, where another number is what is judged.
    static func distribution(_ nanoseconds: [UInt64], of operation: CNIMetrics.Operation) -> [ProbeEvent] {
        events(nanoseconds, CNIMetrics.name(operation, "latency"), [])
    }

    /// Histogram and percentiles of the time until the first packet.
    static func firstPackets(_ nanoseconds: [UInt64]) -> [ProbeEvent] {
        events(nanoseconds, CNIMetrics.firstPacket.name, [50, 99])
    }

    private static func events(_ nanoseconds: [UInt64], _ name: String, _ percentiles: [Int]) -> [ProbeEvent] {
        guard !nanoseconds.isEmpty else { return [] }
        var histogram = LatencyHistogram()
        for duration in nanoseconds { histogram.record(nanoseconds: duration) }
        return [.histogram(metric: name, json: histogram.json())]
            + percentiles.map { percentile -> ProbeEvent in
                let value = Double(histogram.percentile(Double(percentile))) / 1e9
                return .sample(metric: "\(name)_p\(percentile)", value: value, censored: false)
            }
    }
}
