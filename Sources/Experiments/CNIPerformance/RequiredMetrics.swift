import Contract
import Resources

/// The judged metrics that a test is about: a trial without one of them has not measured what it was run for.
enum RequiredMetrics {
    /// Their names, in the order of the catalogue.
    static func names(of test: CNIPerformance.Test) -> [String] {
        let reported = reported(by: test)
        return ProbeMetrics.all.filter(\.judged).map(\.name).filter(reported.contains)
    }

    /// What of the judged metrics the tool can say at all: netperf knows nothing of its server's processor time.
    private static func reported(by test: CNIPerformance.Test) -> Set<String> {
        let latencies = [ProbeMetrics.latencyP50.name, ProbeMetrics.latencyP99.name]
        switch (test.tool, test.pattern) {
        case (.iperf3, _): return [ProbeMetrics.throughput.name, ProbeMetrics.cpuPerGibibyte.name]
        case (.netperf, .stream), (.netperf, nil): return [ProbeMetrics.throughput.name]
        case (.netperf, _): return Set(latencies)
        case (.packets, .highestRate): return [ProbeMetrics.highestPacketRate.name]
        case (.packets, _): return [ProbeMetrics.packetRate.name]
        case (.latency, _): return Set(latencies + [ProbeMetrics.cpuPerKilotransaction.name])
        }
    }
}
