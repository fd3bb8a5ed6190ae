import Contract
import Foundation
import ServiceProxies
import Testing

@testable import Probes

@Suite("Connections beside changes of endpoints")
struct ChurnReportTests {
    private static let old = IPv4Address(number: 1)
    private static let new = IPv4Address(number: 2)

    /// 200 ms: a connection each 10 ms; the endpoint dies at 100 ms and its successor answers from 130 ms on, and did once before.
    private static var timeline: ChurnReport {
        var log = ChurnLog()
        for step in UInt64(0)..<20 {
            let time = step * 10_000_000
            let attempt: ServiceClient.Attempt =
                switch step {
                case 10..<13: .timedOut(nanoseconds: 10_000_000)
                case 2, 13...: .answered(nanoseconds: 40_000, endpoint: new)
                default: .answered(nanoseconds: 20_000, endpoint: old)
                }
            log.take(attempt, startedAt: time)
        }
        let change = ChurnChange(diedAt: 100_000_000, returnedAt: 125_000_000, successor: new)
        return ChurnReport(log, changes: [change], start: 0, end: 200_000_000, deadBefore: 5, deadAfter: 12)
    }

    @Test("failures are a share of all connections, and packets to the dead a difference of counters")
    func samples() {
        var samples: [String: Double] = [:]
        for case .sample(let sample) in Self.timeline.events() { samples[sample.metric] = sample.value }
        #expect(samples["churn_failed_share"] == 0.15)
        #expect(samples["churn_dead_packets"] == 7)
        #expect(samples["churn_changes"] == 1)
        #expect(samples["churn_returned_p50"] == 0.025)
        #expect(samples["churn_visible_p50"] == 0.03)
    }

    @Test("the timeline has every bin and every change, in seconds")
    func artifact() throws {
        let json = Self.timeline.json()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let bins = try #require(object["bins"] as? [[String: Any]])
        #expect(bins.count == 4)
        #expect(bins.compactMap { $0["connects"] as? Int } == [5, 5, 5, 5])
        #expect(bins.compactMap { $0["failed"] as? Int } == [0, 0, 3, 0])
        let change = try #require((object["changes"] as? [[String: Any]])?.first)
        #expect(change["at"] as? Double == 0.1)
        #expect(change["returned"] as? Double == 0.125)
        #expect(change["visible"] as? Double == 0.13)
    }

    @Test("nothing tried is a failure and not a share of zero")
    func nothing() {
        let empty = ChurnReport(ChurnLog(), changes: [], start: 0, end: 1, deadBefore: 0, deadAfter: 0)
        guard case .failure = empty.events().first else { return #expect(Bool(false), "no failure") }
        #expect(empty.events().count == 1)
    }
}
