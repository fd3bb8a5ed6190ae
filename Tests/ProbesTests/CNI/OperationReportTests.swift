import Contract
import Statistics
import Testing

@testable import Probes

@Suite("What is reported of operations on pods")
struct OperationReportTests {
    @Test("the histogram comes first, then the percentiles in seconds")
    func latencies() throws {
        let events = OperationReport.latencies((1...100).map { $0 * 1_000_000 }, of: .add)
        #expect(events.count == 4)
        guard case .histogram("add_latency", let json)? = events.first else {
            Issue.record("expected a histogram, found \(events)")
            return
        }
        #expect(try LatencyHistogram(json: json).count == 100)
        let values = events.dropFirst().compactMap { event -> (String, Double)? in
            if case .sample(let sample) = event, !sample.censored { (sample.metric, sample.value) } else { nil }
        }
        #expect(values.map(\.0) == ["add_latency_p50", "add_latency_p90", "add_latency_p99"])
        for (value, expected) in zip(values.map(\.1), [0.050, 0.090, 0.099]) {
            #expect(abs(value - expected) < expected * 0.002)
        }
    }

    @Test("without an operation there is nothing, and not a zero")
    func nothing() {
        #expect(OperationReport.latencies([], of: .check).isEmpty)
        #expect(OperationReport.firstPackets([]).isEmpty)
    }

    @Test("every metric that is reported is in the catalogue, and each name once")
    func catalogue() {
        let names = CNIMetrics.all.map(\.name)
        #expect(Set(names).count == names.count)
        for operation in CNIMetrics.Operation.allCases {
            for event in OperationReport.latencies([1_000], of: operation) + OperationReport.firstPackets([1_000]) {
                switch event {
                case .histogram(let metric, _): #expect(names.contains(metric))
                case .sample(let sample): #expect(names.contains(sample.metric))
                default: Issue.record("unexpected \(event)")
                }
            }
        }
        #expect(Set(names).isDisjoint(with: ProbeMetrics.all.map(\.name)))
    }
}
