import Contract
import Quantities
import Testing

@testable import Probes

@Suite("what is worked out from both ends' counts of packets")
struct PacketStepTests {
    private func step(
        asked: Double? = nil, sent: UInt64 = 1_000, received: UInt64 = 900, receiveNanoseconds: UInt64 = 1_000_000_000
    ) -> PacketStep {
        PacketStep(
            asked: asked, sent: sent, sendNanoseconds: 1_000_000_000, received: received,
            receiveNanoseconds: receiveNanoseconds, clientCPU: 0.5, serverCPU: 0.25)
    }

    private func value(_ metric: Metric, _ events: [ProbeEvent]) -> Double? {
        for case .sample(let sample) in events where sample.metric == metric.name { return sample.value }
        return nil
    }

    @Test("loss is of both ends' numbers, and more that came than were sent is none")
    func loss() {
        #expect(step().loss == 0.1)
        #expect(step(received: 1_001).loss == 0)
        #expect(step(sent: 0, received: 0).loss == 0)
    }

    @Test("what was taken after the sender's end does not make the rate higher")
    func rates() {
        #expect(step().sentRate == 1_000 && step().receivedRate == 900)
        #expect(step(receiveNanoseconds: 2_000_000_000).receivedRate == 450)
        #expect(step(receiveNanoseconds: 500_000_000).receivedRate == 900)
    }

    @Test("a rate counts as reached from 95 % on")
    func reached() {
        #expect(!step(asked: 1_050).isGeneratorLimited)
        #expect(step(asked: 1_060).isGeneratorLimited)
        #expect(!step().isGeneratorLimited)
    }

    @Test("a flood says rates, loss and what both ends spent")
    func flood() {
        let events = PacketReport.flood(step())
        #expect(value(ProbeMetrics.packetRate, events) == 900 && value(ProbeMetrics.packetRateSent, events) == 1_000)
        #expect(value(ProbeMetrics.loss, events) == 0.1 && value(ProbeMetrics.packets, events) == 900)
        #expect(value(ProbeMetrics.cpuClient, events) == 0.5 && value(ProbeMetrics.cpuServer, events) == 0.25)
        #expect(value(ProbeMetrics.generatorLimited, events) == nil)
    }

    @Test("a search says its bracket and the loss at the rate that it found; one without a result says so in words")
    func search() throws {
        let probe = PacketProbe(
            target: try Loopback.address(), port: 7, messageSize: 64, durationNanoseconds: 100_000_000, lossBelow: 0.001
        )
        var log = SearchLog()
        log.append(step())
        log.append(step(asked: 500, sent: 500, received: 500))
        let found = RateSearch.Found(rate: 500, loss: 0, failed: 510, isGeneratorLimited: false)
        let events = PacketReport.search(.found(found), log, probe, limit: 0.001)
        #expect(value(ProbeMetrics.highestPacketRate, events) == 500)
        #expect(value(ProbeMetrics.lowestFailedPacketRate, events) == 510)
        #expect(value(ProbeMetrics.loss, events) == 0 && value(ProbeMetrics.packets, events) == 500)
        #expect(value(ProbeMetrics.searchSteps, events) == 2 && value(ProbeMetrics.generatorLimited, events) == 0)
        let rows = events.compactMap { event in
            if case .artifact(let artifact) = event {
                artifact.text.split(separator: "\n").map(String.init)
            } else {
                nil
            }
        }
        #expect(rows.first?.dropFirst() == ["1,flood,1000,1000,900,0.1,", "2,500,500,500,500,0.0,"])
        let never = PacketReport.search(.neverKept(rate: 100, loss: 0.02), log, probe, limit: 0.001)
        #expect(value(ProbeMetrics.highestPacketRate, never) == nil)
        guard case .failure(let code, let message)? = never.last else {
            Issue.record("no failure")
            return
        }
        #expect(code == FailureCode.limitNotKept.rawValue)
        #expect(
            message.contains(
                "a loss below 0.1% was kept at no rate: the lowest that was tried is 100/s, where 2% of the datagrams were lost"
            ),
            "\(message)")
    }

    @Test("batches leave at their intended times, as many as the rate has in the time")
    func schedule() {
        let slow = PacketSchedule(start: 1_000, duration: 1_000_000_000, ratePerSecond: 1_000, largestBatch: 64)
        #expect(slow.batch == 1 && slow.total == 1_000 && slow.end == 1_000_001_000)
        #expect(slow.intended(0) == 1_000 && slow.intended(500) == 500_001_000)
        let fast = PacketSchedule(start: 0, duration: 100_000_000, ratePerSecond: 1_000_000, largestBatch: 64)
        #expect(fast.batch == 25 && fast.total == 100_000)
        let fastest = PacketSchedule(start: 0, duration: 100_000_000, ratePerSecond: 1e7, largestBatch: 64)
        #expect(fastest.batch == 64)
    }

    @Test("a header is another for each step and each token, and never the one of no step")
    func header() {
        #expect(PacketHeader(token: 0, step: 0).word != 0)
        #expect(PacketHeader(token: 7 << 20, step: 1) != PacketHeader(token: 7 << 20, step: 2))
        #expect(PacketHeader(token: 7 << 20, step: 1) != PacketHeader(token: 8 << 20, step: 1))
    }
}
