import Contract
import Quantities
import Testing

@testable import Probes

@Suite("streams beside what is measured")
struct StreamLoadTests {
    private func load(
        _ streams: Int, _ direction: StreamDirection, family: IPAddress.Family = .ipv4, port: UInt16
    ) throws -> StreamLoad {
        StreamLoad(
            target: try Loopback.address(family), port: port, streams: streams, direction: direction)
    }

    /// Runs a load against a server for so long after it is ready; what both ends said.
    private func run(
        _ server: any Probe, milliseconds: UInt64 = 200, _ load: @escaping @Sendable (UInt16) throws -> StreamLoad
    ) async throws -> (server: Collector, client: Collector) {
        let outputs = (server: Collector(), client: Collector())
        let stops = (server: ProbeStop(), client: ProbeStop())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await ProbeEngine.run(
                    ProbePlan(probe: server, deadlineSeconds: 20), output: outputs.server, stop: stops.server)
            }
            let port = try #require(await outputs.server.waitForPort())
            group.addTask {
                let plan = ProbePlan(probe: try load(port), deadlineSeconds: 20)
                await ProbeEngine.run(plan, output: outputs.client, stop: stops.client)
            }
            _ = await outputs.client.waitForPort()
            try await Task.sleep(for: .milliseconds(milliseconds))
            stops.client.trip()
            try await group.next()
            stops.server.trip()
            try await group.waitForAll()
        }
        return outputs
    }

    @Test(
        "each direction that was asked for carries something, and no other",
        arguments: StreamDirection.allCases, IPAddress.Family.allCases)
    func directions(_ direction: StreamDirection, _ family: IPAddress.Family) async throws {
        let outputs = try await run(StreamServer(family: family)) {
            try load(3, direction, family: family, port: $0)
        }
        #expect(outputs.client.failure == nil, "\(outputs.client.message)")
        #expect(outputs.client.events.last == .done && outputs.server.events.last == .done)
        for way in [StreamDirection.up, .down] {
            let rate = outputs.client.value(ProbeMetrics.loadThroughput(way).name)
            // Loopback carries gigabits; a hundredth of one is no guess about this machine.
            if direction == way || direction == .both {
                #expect(try #require(rate) > 1e7)
            } else {
                #expect(rate == nil)
            }
        }
    }

    @Test("a server that hangs up ends the load with a reason, and one that never sends does, too")
    func broken() async throws {
        // An echo server closes a connection after its reply; another waits for the rest of a message.
        let closing = EchoServer(transport: .tcp, family: .ipv4, closesAfterReply: true, messageSize: 1)
        let closed = try await run(closing, milliseconds: 2_000) { try load(1, .down, port: $0) }
        #expect(closed.client.failure == FailureCode.connectionReset.rawValue, "\(closed.client.message)")
        let waiting = EchoServer(transport: .tcp, family: .ipv4, messageSize: 65_536)
        let silent = try await run(waiting, milliseconds: 6_000) { try load(1, .down, port: $0) }
        #expect(silent.client.failure == FailureCode.timedOut.rawValue, "\(silent.client.message)")
        let nobody = Collector()
        let plan = ProbePlan(probe: try load(1, .up, port: 1), deadlineSeconds: 20)
        await ProbeEngine.run(plan, output: nobody)
        #expect(nobody.failure == FailureCode.connectionRefused.rawValue, "\(nobody.message)")
    }

    @Test("settings that cannot be carried out are named")
    func validation() throws {
        var load = try load(1, .up, port: 7)
        try load.validate()
        load.streams = 33
        #expect(throws: PlanError.self) { try load.validate() }
        load.streams = 1
        load.port = 0
        #expect(throws: PlanError.self) { try load.validate() }
    }
}
