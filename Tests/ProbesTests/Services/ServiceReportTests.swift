import Contract
import ServiceProxies
import Statistics
import Testing

@testable import Probes

@Suite("What a service-proxy probe reports")
struct ServiceReportTests {
    @Test("every metric has a name of its own")
    func names() {
        let names = ServiceMetrics.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.contains("connect_random_p50"))
        #expect(names.contains("add_one_visible"))
        #expect(names.contains("udp_first_packet_last_p99"))
    }

    @Test("what is reported is in the catalogue, but for histograms")
    func catalogue() {
        var outcome = LatencyOutcome()
        outcome.record(20_000)
        var programming = Programming()
        programming.wallNanoseconds = 1_500_000_000
        let events =
            ServiceReport.latencies(outcome) { ServiceMetrics.connect(.last, $0) }
            + ServiceReport.cost(programming, of: .addOne)
            + [ServiceReport.visible(.visible(nanoseconds: 4_000), of: .addOne)]
        let names = Set(ServiceMetrics.all.map(\.name))
        var samples: [String: Double] = [:]
        for case .sample(let sample) in events {
            let (metric, value, censored) = (sample.metric, sample.value, sample.censored)
            #expect(names.contains(metric))
            #expect(!censored)
            samples[metric] = value
        }
        #expect(samples["add_one_wall"] == 1.5)
        #expect(samples["add_one_visible"] == 4e-6)
        #expect(samples["connect_last_p50"] == 20e-6)
    }

    @Test("a change that nobody saw is a lower bound")
    func unseen() {
        let event = ServiceReport.visible(.unseen(nanoseconds: 2_000_000_000), of: .deleteOne)
        #expect(event == .sample(metric: "delete_one_visible", value: 2, censored: true))
    }

    @Test("a percentile beyond which connections were given up is a lower bound")
    func censored() {
        var outcome = LatencyOutcome()
        for _ in 0..<98 { outcome.record(20_000) }
        for _ in 0..<2 { outcome.recordTimeout(1_000_000_000) }
        let events = ServiceReport.latencies(outcome) { ServiceMetrics.connect(.first, $0) }
        var censored: [String: Bool] = [:]
        for case .sample(let sample) in events { censored[sample.metric] = sample.censored }
        #expect(censored["connect_first_p50"] == false)
        #expect(censored["connect_first_p99"] == true)
        #expect(censored["connect_first_p999"] == true)
    }

    @Test("fairness needs something to distribute, and enough of it")
    func fairness() throws {
        let addresses = (0..<3).map { IPv4Address(number: $0) }
        #expect(ServiceReport.fairness([addresses[0]: 100], endpoints: 1) == nil)
        #expect(ServiceReport.fairness([addresses[0]: 10], endpoints: 3) == nil)
        let even = ServiceReport.fairness([addresses[0]: 50, addresses[1]: 50], endpoints: 2)
        #expect(even == .sample(metric: "endpoint_fairness", value: 1, censored: false))
        // An endpoint that never answered counts, too.
        guard case .sample(let sample) = try #require(ServiceReport.fairness([addresses[0]: 90], endpoints: 3))
        else { return #expect(Bool(false), "no sample") }
        #expect(sample.value < 1e-9)
    }
}
