import Contract
import Quantities
import Sockets
import Statistics
import Testing

@testable import Probes

@Suite("native probes over loopback")
struct EchoTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let transport: Transport
        let pattern: TrafficPattern
        let family: IPAddress.Family
        let size: Int

        var testDescription: String { "\(transport) \(pattern) \(family) \(size) B" }
    }

    static let cases = [
        Case(transport: .tcp, pattern: .requestResponse, family: .ipv4, size: 64),
        Case(transport: .tcp, pattern: .requestResponse, family: .ipv6, size: 1),
        Case(transport: .tcp, pattern: .requestResponse, family: .ipv4, size: 65_536),
        Case(transport: .udp, pattern: .requestResponse, family: .ipv4, size: 1),
        Case(transport: .udp, pattern: .requestResponse, family: .ipv6, size: 64),
        Case(transport: .udp, pattern: .requestResponse, family: .ipv4, size: 65_507),
        Case(transport: .tcp, pattern: .connectRequestClose, family: .ipv4, size: 64),
        Case(transport: .tcp, pattern: .connectRequestClose, family: .ipv6, size: 7),
        Case(transport: .tcp, pattern: .openLoop, family: .ipv4, size: 1),
        Case(transport: .tcp, pattern: .openLoop, family: .ipv6, size: 65_536),
        Case(transport: .udp, pattern: .openLoop, family: .ipv4, size: 64),
    ]

    @Test("a measurement has its distribution, its rate and both ends' CPU", arguments: cases)
    func measures(_ item: Case) async throws {
        let server = EchoServer(
            transport: item.transport,
            family: item.family,
            closesAfterReply: item.pattern == .connectRequestClose,
            messageSize: item.size
        )
        var probe = try Loopback.probe(item.transport, item.pattern, family: item.family, size: item.size)
        if item.pattern == .openLoop { probe.ratePerSecond = 500 }
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
        #expect(try #require(output.client.value("latency_p50")) > 0)
        #expect(try #require(output.client.value("cpu_client")) > 0)
        #expect(try #require(output.server.value("cpu_server")) > 0)
        for case .histogram("latency", let json) in output.client.events {
            #expect(try LatencyHistogram(json: json).count == UInt64(transactions))
        }
        if item.pattern == .openLoop {
            // 60 ms at 500 per second.
            #expect(transactions == 30)
            #expect(output.client.value("send_lag_p99") != nil)
        }
    }

    @Test("several clients are served at the same time")
    func manyClients() async throws {
        let server = EchoServer(transport: .tcp, family: .ipv4, messageSize: 64)
        let output = Collector()
        let stop = ProbeStop()
        let clients = (0..<4).map { _ in Collector() }
        let template = try Loopback.probe()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await ProbeEngine.run(
                    ProbePlan(probe: server, deadlineSeconds: 20), output: output, stop: stop)
            }
            let port = await output.waitForPort() ?? 0
            await withTaskGroup(of: Void.self) { inner in
                for client in clients {
                    var probe = template
                    probe.port = port
                    let plan = ProbePlan(probe: probe, deadlineSeconds: 20)
                    inner.addTask { await ProbeEngine.run(plan, output: client) }
                }
            }
            stop.trip()
        }
        for client in clients { #expect(client.value("transactions") ?? 0 > 0, "\(client.message)") }
    }

    @Test("a port that is taken is a failure with a way out", arguments: [Transport.tcp, .udp])
    func portInUse(_ transport: Transport) async throws {
        let socket = try Socket(transport, .ipv4)
        try socket.bind(family: .ipv4, port: 0)
        if transport == .tcp { try socket.listen(backlog: 1) }
        let server = EchoServer(
            transport: transport, family: .ipv4, port: try socket.localPort(), messageSize: 64
        )
        let output = Collector()
        await ProbeEngine.run(ProbePlan(probe: server, deadlineSeconds: 5), output: output)
        #expect(output.failure == "portInUse")
        #expect(output.message.contains("choose another"))
        #expect(output.port == nil)
        _ = socket.descriptor
    }

    @Test("the deadline is the regular end of a server", arguments: [Transport.tcp, .udp])
    func serverEndsAtDeadline(_ transport: Transport) async {
        let output = Collector()
        let server = EchoServer(transport: transport, family: .ipv4, messageSize: 64)
        await ProbeEngine.run(ProbePlan(probe: server, deadlineSeconds: 0.1), output: output)
        #expect(output.failure == nil)
        #expect(output.value("cpu_server") == 0)
        #expect(output.events.last == .done)
    }

    @Test("a cancelled task ends a server")
    func serverIsCancelled() async {
        let output = Collector()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let server = EchoServer(transport: .udp, family: .ipv4, messageSize: 64)
                await ProbeEngine.run(ProbePlan(probe: server, deadlineSeconds: 60), output: output)
            }
            _ = await output.waitForPort()
            group.cancelAll()
        }
        #expect(output.events.last == .done)
    }

    @Test("a plan that cannot be carried out is said and ends")
    func badPlan() async {
        let output = Collector()
        let server = EchoServer(transport: .tcp, family: .ipv4, messageSize: 0)
        await ProbeEngine.run(ProbePlan(probe: server, deadlineSeconds: 5), output: output)
        #expect(output.failure == "badPlan")
        #expect(output.message.contains("probe.messageSize"))
        #expect(output.events.last == .done)
    }
}
