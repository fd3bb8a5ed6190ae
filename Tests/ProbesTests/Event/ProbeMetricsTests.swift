import Contract
import Probes
import Statistics
import Testing

@Suite("the catalogue of metrics")
struct ProbeMetricsTests {
    @Test("every name is there once")
    func namesAreUnique() {
        #expect(Set(ProbeMetrics.all.map(\.name)).count == ProbeMetrics.all.count)
    }

    @Test(
        "what is judged, and from which change on",
        arguments: [
            ("throughput", Direction.higher, 0.10), ("latency_p50", .lower, 0.05),
            ("latency_p99", .lower, 0.25), ("cpu_per_gibibyte", .lower, 0.15),
            ("cpu_per_kilotransaction", .lower, 0.10), ("fairness", .higher, 0.05),
            ("packet_rate", .higher, 0.10),
            ("highest_packet_rate", .higher, 0.10),
        ]
    )
    func judgedMetrics(_ name: String, _ better: Direction, _ change: Double) throws {
        let metric = try #require(ProbeMetrics.all.first { $0.name == name })
        #expect(metric.judged)
        #expect(metric.better == better)
        #expect(metric.minimumRelevantChange == change)
        #expect(ProbeMetrics.all.filter(\.judged).count == 8)
    }
}
