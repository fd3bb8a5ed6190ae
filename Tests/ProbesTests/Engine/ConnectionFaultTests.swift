import Contract
import LinuxHost
import Quantities
import Testing

@testable import Probes

@Suite("many connections at once, to peers that misbehave")
struct ConnectionFaultTests {
    private static let patterns = [TrafficPattern.requestResponse, .connectRequestClose]

    private func run(_ pattern: TrafficPattern, port: UInt16, milliseconds: UInt64 = 100) async throws -> Collector {
        var probe = try Loopback.probe(.tcp, pattern, port: port, milliseconds: milliseconds, timeoutMilliseconds: 30)
        probe.connections = 8
        let output = Collector()
        await ProbeEngine.run(ProbePlan(probe: probe, deadlineSeconds: 20), output: output)
        #expect(output.events.last == .done)
        return output
    }

    @Test("nobody listens", arguments: patterns)
    func nobodyListens(_ pattern: TrafficPattern) async throws {
        let port = try FreePort.find()
        let output = try await run(pattern, port: port)
        #expect(output.failure == "connectionRefused")
        #expect(output.message.contains("port \(port)"))
        #expect(output.value("transactions") == nil)
    }

    @Test("a peer that takes connections and never answers", arguments: patterns)
    func silentPeer(_ pattern: TrafficPattern) async throws {
        let peer = try StreamPeer { _ in [] }
        defer { peer.end() }
        let begin = Clock.monotonicNanoseconds()
        let output = try await run(pattern, port: peer.port)
        // 5 ms and 100 ms of it, and the last time-out.
        #expect(Clock.monotonicNanoseconds() - begin < 3_000_000_000)
        #expect(output.failure == "timedOut")
        #expect(try #require(output.value("timeouts")) >= 16)
        #expect(output.censored("latency").allSatisfy { 0.03...1 ~= $0 })
        #expect(output.value("latency_p50") == nil)
    }

    @Test("of a peer that goes silent in the middle, what it answered and what it did not is counted")
    func peerThatGoesSilent() async throws {
        let silence = Clock.monotonicNanoseconds() + 60_000_000
        let peer = try StreamPeer { Clock.monotonicNanoseconds() < silence ? $0 : [] }
        defer { peer.end() }
        let output = try await run(.requestResponse, port: peer.port, milliseconds: 150)
        #expect(output.failure == nil, "\(output.message)")
        #expect(try #require(output.value("transactions")) > 0)
        // Each connection waits for the first reply that does not come, and its successor does so again.
        #expect(try #require(output.value("timeouts")) >= 16)
        #expect(!output.censored("latency").isEmpty)
    }

    @Test("a peer that answers something else", arguments: patterns)
    func wrongAnswer(_ pattern: TrafficPattern) async throws {
        let peer = try StreamPeer { $0.map { $0 ^ 1 } }
        defer { peer.end() }
        let output = try await run(pattern, port: peer.port)
        #expect(output.failure == "wrongReply")
        #expect(output.message.contains("not the echo of the request"))
    }

    @Test("a peer that answers one connection's request on another one")
    func crossedAnswer() async throws {
        let kept = KeptMessage()
        // The first request that comes is the answer to all.
        let peer = try StreamPeer { kept.first($0) }
        defer { peer.end() }
        let output = try await run(.requestResponse, port: peer.port)
        #expect(output.failure == "wrongReply")
    }

    @Test("a reply that is longer than its request, where the connection should end behind it")
    func longerReply() async throws {
        let peer = try StreamPeer { $0 + [0] }
        defer { peer.end() }
        let output = try await run(.connectRequestClose, port: peer.port)
        #expect(output.failure == "wrongReply")
        #expect(output.message.contains("longer than the request"))
    }

    @Test("a peer that breaks off", arguments: patterns)
    func breaksOff(_ pattern: TrafficPattern) async throws {
        let peer = try StreamPeer { _ in nil }
        defer { peer.end() }
        let output = try await run(pattern, port: peer.port)
        #expect(output.failure == "connectionReset")
    }

    @Test("a server that does not close first is a time-out of connect-request-close, as with one connection")
    func staysOpen() async throws {
        let peer = try StreamPeer { $0 }
        defer { peer.end() }
        let output = try await run(.connectRequestClose, port: peer.port)
        #expect(output.failure == "timedOut")
        #expect(output.message.contains("started for this pattern"))
    }

    @Test("a stop on request ends a measurement, and says so", arguments: patterns)
    func stopEndsIt(_ pattern: TrafficPattern) async throws {
        let server = EchoServer(
            transport: .tcp, family: .ipv4, closesAfterReply: pattern == .connectRequestClose, messageSize: 64,
            connections: 8)
        let (stop, serverStop) = (ProbeStop(), ProbeStop())
        let (output, serverOutput) = (Collector(), Collector())
        var probe = try Loopback.probe(.tcp, pattern, milliseconds: 60_000)
        probe.connections = 8
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await ProbeEngine.run(
                    ProbePlan(probe: server, deadlineSeconds: 20), output: serverOutput, stop: serverStop)
            }
            probe.port = await serverOutput.waitForPort() ?? 0
            let plan = ProbePlan(probe: probe, deadlineSeconds: 90)
            group.addTask {
                await ProbeEngine.run(plan, output: output, stop: stop)
                serverStop.trip()
            }
            try? await Task.sleep(for: .milliseconds(50))
            stop.trip()
        }
        #expect(output.failure == "stopped")
        #expect(serverOutput.failure == nil)
        #expect(serverOutput.events.last == .done)
    }
}
