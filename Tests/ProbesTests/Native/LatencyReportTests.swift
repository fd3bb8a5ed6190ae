import Statistics
import Testing

@testable import Probes

@Suite("what is said about a latency measurement")
struct LatencyReportTests {
    private func report(_ outcome: LatencyOutcome) throws -> Collector {
        let output = Collector()
        for event in LatencyReport.events(outcome, try Loopback.probe(), peer: "peer") { output.emit(event) }
        return output
    }

    private func outcome(replies: Int, timeouts: Int) -> LatencyOutcome {
        var outcome = LatencyOutcome()
        for _ in 0..<replies { outcome.record(50_000) }
        for _ in 0..<timeouts { outcome.recordTimeout(200_000_000) }
        outcome.wallNanoseconds = 500_000_000
        outcome.cpuSeconds = 0.1
        return outcome
    }

    @Test("numbers are in SI units")
    func unitsAreSI() throws {
        let report = try report(outcome(replies: 1_000, timeouts: 0))
        #expect(report.value("latency_p50").map { abs($0 - 50e-6) < 1e-7 } == true)
        #expect(report.value("transactions") == 1_000)
        #expect(report.value("transaction_rate") == 2_000)
        #expect(report.value("generator_load") == 0.2)
        #expect(report.value("generator_limited") == 0)
        #expect(report.value("timeouts") == 0)
        #expect(report.failure == nil)
    }

    @Test("time-outs are censored samples, count in the histogram, and make the percentiles above them lower bounds")
    func timeoutsAreCensored() throws {
        let outcome = outcome(replies: 95, timeouts: 5)
        let report = try report(outcome)
        #expect(report.value("timeouts") == 5)
        #expect(report.censored("latency") == Array(repeating: 0.2, count: 5))
        #expect(report.value("latency_p50") != nil)
        #expect(report.value("latency_p90") != nil)
        #expect(report.value("latency_p99") == nil)
        #expect(report.censored("latency_p99").count == 1)
        #expect(report.censored("latency_p999").count == 1)
        #expect(report.value("transactions") == 95)
        #expect(outcome.histogram.count == 100)
    }

    @Test("several threads are added up, and the busiest of them says whether the generator was the limit")
    func threadsAreAddedUp() throws {
        var sum = outcome(replies: 95, timeouts: 60)
        var other = outcome(replies: 5, timeouts: 60)
        other.recordTimeout(100_000_000)
        other.cpuSeconds = 0.49
        sum.merge(other)
        sum.merge(outcome(replies: 100, timeouts: 0))
        let report = try report(sum)
        #expect(report.value("transactions") == 200)
        #expect(report.value("timeouts") == 121)
        #expect(sum.histogram.count == 321)
        #expect(sum.smallestCensored == 100_000_000)
        #expect(sum.censored.count == LatencyOutcome.censoredLimit)
        #expect(report.value("cpu_client").map { abs($0 - 0.69) < 1e-9 } == true)
        #expect(report.value("generator_load").map { abs($0 - 0.98) < 1e-9 } == true)
        #expect(report.value("generator_limited") == 1)
    }

    @Test("a percentile above the shortest time-out is a lower bound, whichever time-out came last")
    func shortestTimeOut() throws {
        var outcome = outcome(replies: 90, timeouts: 0)
        // What is left before the deadline may be shorter than the time-out.
        outcome.recordTimeout(100_000_000)
        for _ in 0..<8 { outcome.record(150_000_000) }
        outcome.recordTimeout(300_000_000)
        let report = try report(outcome)
        #expect(report.value("latency_p90") != nil)
        #expect(report.censored("latency_p99").count == 1)
    }

    @Test("many time-outs become a hundred samples and one count")
    func timeoutsAreBounded() throws {
        let report = try report(outcome(replies: 1, timeouts: 1_000))
        #expect(report.value("timeouts") == 1_000)
        #expect(report.censored("latency").count == 100)
    }

    @Test("no reply at all is a failure and no number but the count")
    func silenceIsAFailure() throws {
        let report = try report(outcome(replies: 0, timeouts: 3))
        #expect(report.failure == "timedOut")
        #expect(report.message.contains("any of 3 requests"))
        #expect(report.value("transaction_rate") == nil)
        #expect(report.value("latency_p50") == nil)
    }

    @Test("a busy thread and a missed schedule each show the generator as the limit")
    func generatorIsTheLimit() throws {
        var busy = outcome(replies: 10, timeouts: 0)
        busy.cpuSeconds = 0.49
        #expect(try report(busy).value("generator_limited") == 1)

        var late = outcome(replies: 100, timeouts: 0)
        var lag = LatencyHistogram()
        for _ in 0..<100 { lag.record(nanoseconds: 1_000) }
        late.sendLag = lag
        late.missedSends = 1
        #expect(try report(late).value("generator_limited") == 0)
        late.missedSends = 2
        #expect(try report(late).value("generator_limited") == 1)
        #expect(try report(late).value("missed_sends") == 2)
        #expect(try report(late).value("send_lag_p99") != nil)
        late.missedSends = 0
        late.cpuSeconds = 0.49
        #expect(try report(late).value("generator_limited") == 1)
    }
}
