import Contract
import Quantities
import Statistics
import Testing

@testable import Probes

@Suite("many connections at once, over loopback")
struct ConnectionsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var pattern = TrafficPattern.requestResponse
        var family = IPAddress.Family.ipv4
        var size = 64
        var connections = 1
        var burst = 1

        var testDescription: String { "\(pattern) \(family) \(size) B, \(connections) connections, burst \(burst)" }
    }

    static let cases = [
        Case(connections: 2),
        Case(connections: 64),
        Case(connections: 400),
        Case(family: .ipv6, size: 1, connections: 5),
        Case(size: 65_536, connections: 3),
        Case(burst: 64),
        Case(size: 1, burst: 64),
        Case(size: 7, connections: 9, burst: 13),
        Case(size: 1_000, connections: 20, burst: 64),
        Case(size: 65_536, connections: 2, burst: 16),
        Case(pattern: .connectRequestClose, connections: 2),
        Case(pattern: .connectRequestClose, connections: 64),
        Case(pattern: .connectRequestClose, family: .ipv6, size: 3, connections: 7),
        Case(pattern: .connectRequestClose, size: 65_536, connections: 16),
    ]

    @Test("every request is answered, and both ends say what it took", arguments: cases)
    func measures(_ item: Case) async throws {
        let server = EchoServer(
            transport: .tcp, family: item.family, closesAfterReply: item.pattern == .connectRequestClose,
            messageSize: item.size, connections: item.connections)
        var probe = try Loopback.probe(
            .tcp, item.pattern, family: item.family, size: item.size, timeoutMilliseconds: 5_000)
        probe.connections = item.connections
        probe.burst = item.burst
        let template = probe
        let output = await Pair.run(server) { port in
            var probe = template
            probe.port = port
            return probe
        }
        #expect(output.client.failure == nil, "\(output.client.message)")
        #expect(output.server.failure == nil, "\(output.server.message)")
        #expect(output.client.events.last == .done)
        #expect(output.server.events.last == .done)
        let transactions = try #require(output.client.value("transactions"))
        #expect(transactions > 0)
        #expect(output.client.value("timeouts") == 0)
        let rate = try #require(output.client.value("transaction_rate"))
        #expect(abs(rate - transactions / 0.06) < 1)
        #expect(try #require(output.client.value("latency_p50")) > 0)
        let load = try #require(output.client.value("generator_load"))
        let seconds = try #require(output.client.value("cpu_client"))
        // The load is that of the busiest thread, the seconds are those of all.
        #expect(load > 0 && load <= seconds / 0.06 + 0.001)
        #expect(output.client.value("generator_limited") == (load >= 0.95 ? 1 : 0))
        #expect(try #require(output.server.value("cpu_server")) > 0)
        for case .histogram("latency", let json) in output.client.events {
            #expect(try LatencyHistogram(json: json).count == UInt64(transactions))
        }
    }
}
