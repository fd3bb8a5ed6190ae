import Contract
import LinuxHost
import Quantities
import Synchronization
import Testing

@testable import Probes

@Suite("what latency probes count, and from when", .serialized)
struct LatencyHonestyTests {
    private func run(_ probe: LatencyProbe) async -> Collector {
        let output = Collector()
        await ProbeEngine.run(ProbePlan(probe: probe, deadlineSeconds: 30), output: output)
        return output
    }

    @Test("a peer that stalls is seen by every request that it delays, also by those that could not leave")
    func stallingPeer() async throws {
        // Nothing is read for 300 ms, so that messages pile up until the socket takes no more.
        let size = 65_536
        let peer = try StreamResponder(size: size) { _, message in message == 0 ? 300 : 0 }
        defer { peer.end() }
        var probe = try Loopback.probe(
            .tcp, .openLoop, port: peer.port, size: size, milliseconds: 300, rate: 1_000, timeoutMilliseconds: 20_000)
        probe.warmUpNanoseconds = 0
        let output = await run(probe)
        #expect(output.failure == nil, "\(output.message)")
        #expect(output.value("transactions") == 300)
        // Intended evenly over 300 ms and answered after them, half of all wait 150 ms and more.
        #expect(try #require(output.value("latency_p50")) > 0.1)
        #expect(try #require(output.value("send_lag_p99")) > 0.1)
        #expect(output.value("generator_limited") == 1)
    }

    @Test("the delay of a send is counted when it leaves, not when its round of sends began")
    func sendLag() async throws {
        // More than can be sent: the last leaves as much too late as the whole took too long.
        let peer = try Responder { _, bytes in [bytes] }
        defer { peer.end() }
        var probe = try Loopback.probe(
            .udp, .openLoop, port: peer.port, size: 32_000, milliseconds: 20, rate: 1_000_000, timeoutMilliseconds: 50)
        probe.warmUpNanoseconds = 0
        let output = await run(probe)
        let transactions = try #require(output.value("transactions"))
        let late = transactions / (try #require(output.value("transaction_rate"))) - 0.02
        #expect(late > 0.005)
        #expect(try #require(output.value("send_lag_p99")) > late * 0.8)
    }

    @Test("the warm-up of an open loop is neither in the rate, nor in the latencies, nor in the time-outs")
    func openLoopWarmUp() async throws {
        // 500 requests of the warm-up, which stay without an answer, then 50.
        let peer = try Responder { number, bytes in number < 500 ? [] : [bytes] }
        defer { peer.end() }
        var probe = try Loopback.probe(
            .udp, .openLoop, port: peer.port, milliseconds: 100, rate: 500, timeoutMilliseconds: 300)
        probe.warmUpNanoseconds = 1_000_000_000
        let output = await run(probe)
        #expect(output.failure == nil, "\(output.message)")
        #expect(output.value("timeouts") == 0)
        #expect(output.value("transactions") == 50)
        #expect(output.censored("latency").isEmpty)
        // 0.1 s, and not 1.1 s.
        #expect(50 / (try #require(output.value("transaction_rate"))) < 0.6)
    }

    @Test("time-outs of an open loop's measured part are counted, each from its intended time")
    func openLoopTimeouts() async throws {
        let peer = try Responder { number, bytes in number < 10 ? [bytes] : [] }
        defer { peer.end() }
        var probe = try Loopback.probe(
            .udp, .openLoop, port: peer.port, milliseconds: 100, rate: 200, timeoutMilliseconds: 50)
        probe.warmUpNanoseconds = 0
        let output = await run(probe)
        #expect(output.value("timeouts") == 10)
        #expect(output.censored("latency").count == 10)
        #expect(output.censored("latency").allSatisfy { $0 >= 0.0499 })
    }

    @Test("the warm-up of a closed loop is not counted")
    func closedLoopWarmUp() async throws {
        let measured = Atomic(0)
        let peer = try Responder { _, bytes in
            if MessageBuffer.isMeasured(bytes[0]) { measured.wrappingAdd(1, ordering: .relaxed) }
            return [bytes]
        }
        defer { peer.end() }
        var probe = try Loopback.probe(.udp, port: peer.port, milliseconds: 50, timeoutMilliseconds: 5_000)
        probe.warmUpNanoseconds = 50_000_000
        let output = await run(probe)
        #expect(output.failure == nil, "\(output.message)")
        let transactions = try #require(output.value("transactions"))
        #expect(Int(transactions) == measured.load(ordering: .relaxed))
        #expect(transactions / (try #require(output.value("transaction_rate"))) < 5)
    }

    @Test("after a time-out over TCP a new connection is made, so that a late reply is not taken for the next one's")
    func lateReply() async throws {
        let peer = try StreamResponder(size: 64) { connection, message in
            connection == 0 && message == 5 ? 400 : 0
        }
        defer { peer.end() }
        var probe = try Loopback.probe(
            .tcp, port: peer.port, milliseconds: 900, timeoutMilliseconds: 200)
        probe.warmUpNanoseconds = 0
        let output = await run(probe)
        #expect(output.failure == nil, "\(output.message)")
        #expect(output.value("timeouts") == 1)
        let censored = output.censored("latency")
        #expect(censored.count == 1)
        #expect(censored.allSatisfy { $0 >= 0.199 })
        #expect(try #require(output.value("transactions")) > 5)
    }
}
