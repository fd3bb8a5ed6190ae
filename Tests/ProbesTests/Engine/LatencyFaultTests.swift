import Contract
import Quantities
import Testing

@testable import Probes

@Suite("latency probes against peers that misbehave")
struct LatencyFaultTests {
    private func run(
        _ probe: LatencyProbe, deadlineSeconds: Double = 20, stop: ProbeStop = ProbeStop()
    ) async -> Collector {
        let output = Collector()
        let plan = ProbePlan(probe: probe, deadlineSeconds: deadlineSeconds)
        await ProbeEngine.run(plan, output: output, stop: stop)
        #expect(output.events.last == .done)
        return output
    }

    @Test(
        "nobody listens",
        arguments: [
            (Transport.tcp, TrafficPattern.requestResponse), (.tcp, .connectRequestClose), (.tcp, .openLoop),
            (.udp, .requestResponse), (.udp, .openLoop),
        ]
    )
    func nobodyListens(_ transport: Transport, _ pattern: TrafficPattern) async throws {
        let port = try FreePort.find()
        let rate: Double? = pattern == .openLoop ? 1_000 : nil
        let output = await run(try Loopback.probe(transport, pattern, port: port, rate: rate))
        #expect(output.failure == "connectionRefused")
        #expect(output.message.contains("port \(port)"))
        #expect(output.value("transactions") == nil)
    }

    @Test("a peer that never answers", arguments: [TrafficPattern.requestResponse, .openLoop])
    func silentPeer(_ pattern: TrafficPattern) async throws {
        let peer = try Responder { _, _ in [] }
        defer { peer.end() }
        let rate: Double? = pattern == .openLoop ? 200 : nil
        let output = await run(
            try Loopback.probe(.udp, pattern, port: peer.port, rate: rate, timeoutMilliseconds: 20)
        )
        #expect(output.failure == "timedOut")
        #expect(try #require(output.value("timeouts")) >= 2)
        #expect(output.censored("latency").allSatisfy { $0 >= 0.019 })
        #expect(output.value("latency_p50") == nil)
    }

    @Test("every fifth datagram is lost", arguments: [TrafficPattern.requestResponse, .openLoop])
    func lossIsCountedAndCensored(_ pattern: TrafficPattern) async throws {
        let peer = try Responder { number, bytes in number % 5 == 4 ? [] : [bytes] }
        defer { peer.end() }
        let rate: Double? = pattern == .openLoop ? 500 : nil
        let output = await run(
            try Loopback.probe(.udp, pattern, port: peer.port, milliseconds: 200, rate: rate, timeoutMilliseconds: 10)
        )
        #expect(output.failure == nil)
        let timeouts = try #require(output.value("timeouts"))
        let transactions = try #require(output.value("transactions"))
        #expect(timeouts >= 5)
        #expect(output.censored("latency").count == Int(min(timeouts, 100)))
        #expect(output.censored("latency_p99").count == 1)
        #expect(output.value("latency_p50") != nil)
        #expect(abs(timeouts / (timeouts + transactions) - 0.2) < 0.08)
        if pattern == .openLoop { #expect(timeouts + transactions == 100) }
    }

    @Test("the wait for a last reply that is lost does not count into the rate of an open loop")
    func lastReplyIsLost() async throws {
        // 2 requests of the warm-up, then 50 that are measured.
        let peer = try Responder { number, bytes in number >= 45 ? [] : [bytes] }
        defer { peer.end() }
        let output = await run(
            try Loopback.probe(
                .udp, .openLoop, port: peer.port, milliseconds: 100, rate: 500, timeoutMilliseconds: 3_000)
        )
        let transactions = try #require(output.value("transactions"))
        let rate = try #require(output.value("transaction_rate"))
        #expect(try #require(output.value("timeouts")) > 0)
        // 0.1 s when every send was in time; the wait for the lost ones is 3 s.
        #expect(transactions / rate < 2.5)
    }

    @Test(
        "late and doubled replies are not taken for the next one's",
        arguments: [TrafficPattern.requestResponse, .openLoop])
    func repeatedRepliesArePassedOver(_ pattern: TrafficPattern) async throws {
        let peer = try Responder { _, bytes in [bytes, bytes, bytes] }
        defer { peer.end() }
        let rate: Double? = pattern == .openLoop ? 500 : nil
        let output = await run(try Loopback.probe(.udp, pattern, port: peer.port, rate: rate))
        #expect(output.failure == nil)
        #expect(output.value("timeouts") == 0)
        #expect(output.value("transactions") ?? 0 > 0)
    }

    @Test("replies to others do not keep a request from timing out")
    func endlessStrangers() async throws {
        // A good part of a second of datagrams that are no reply, behind each request.
        let peer = try Responder { _, bytes in
            [[UInt8]](repeating: [UInt8](repeating: 0xFF, count: bytes.count), count: 200_000)
        }
        defer { peer.end() }
        let output = await run(
            try Loopback.probe(.udp, .requestResponse, port: peer.port, milliseconds: 400, timeoutMilliseconds: 20))
        #expect(try #require(output.value("timeouts")) > 1)
    }

    @Test("a reply of another size is a failure", arguments: [63, 65])
    func otherSize(_ size: Int) async throws {
        let peer = try Responder { _, bytes in [Array((bytes + [0]).prefix(size))] }
        defer { peer.end() }
        let output = await run(try Loopback.probe(.udp, port: peer.port))
        #expect(output.failure == "wrongReply")
        #expect(output.message.contains("same message size"))
    }

    @Test("connect-request-close needs a server that closes first, and says so when it does not")
    func serverThatStaysOpen() async throws {
        let server = EchoServer(transport: .tcp, family: .ipv4, messageSize: 64)
        let template = try Loopback.probe(.tcp, .connectRequestClose, timeoutMilliseconds: 20)
        let output = await Pair.run(server) { port in
            var probe = template
            probe.port = port
            return probe
        }
        #expect(output.client.failure == "timedOut")
        #expect(output.client.message.contains("started for this pattern"))
    }

    @Test("a server that breaks off is a failure")
    func serverThatBreaksOff() async throws {
        let server = EchoServer(transport: .tcp, family: .ipv4, closesAfterReply: true, messageSize: 64)
        let template = try Loopback.probe(.tcp, .requestResponse)
        let output = await Pair.run(server) { port in
            var probe = template
            probe.port = port
            return probe
        }
        #expect(output.client.failure == "connectionReset")
    }

    @Test("the deadline ends a measurement, and says so", arguments: [Transport.tcp, .udp])
    func deadlineEndsIt(_ transport: Transport) async throws {
        let server = EchoServer(transport: transport, family: .ipv4, messageSize: 64)
        let template = try Loopback.probe(transport, milliseconds: 60_000)
        let output = await Pair.run(server, deadlineSeconds: 0.3) { port in
            var probe = template
            probe.port = port
            return probe
        }
        // Whichever end sees its deadline first, the client has not measured.
        #expect(["timedOut", "connectionReset", "connectionRefused"].contains(output.client.failure))
        #expect(output.client.value("latency_p50") == nil)
    }

    @Test("a stop on request ends a measurement, and says so")
    func stopEndsIt() async throws {
        let peer = try Responder { _, bytes in [bytes] }
        defer { peer.end() }
        let stop = ProbeStop()
        let probe = try Loopback.probe(.udp, port: peer.port, milliseconds: 60_000)
        let output = Collector()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await ProbeEngine.run(
                    ProbePlan(probe: probe, deadlineSeconds: 20), output: output, stop: stop)
            }
            try? await Task.sleep(for: .milliseconds(30))
            stop.trip()
        }
        #expect(output.failure == "stopped")
    }
}
