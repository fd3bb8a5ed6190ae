import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets
import Testing

@testable import Probes

@Suite("packets per second over loopback")
struct PacketTests {
    private func probe(
        _ family: IPAddress.Family = .ipv4, port: UInt16, size: Int = 64, milliseconds: UInt64 = 60,
        lossBelow: Double? = nil
    ) throws -> PacketProbe {
        PacketProbe(
            target: try Loopback.address(family), port: port, messageSize: size,
            durationNanoseconds: milliseconds * 1_000_000, warmUpNanoseconds: 5_000_000, lossBelow: lossBelow)
    }

    @Test("as many as go are counted at both ends", arguments: IPAddress.Family.allCases, [8, 64, 1_400])
    func flood(_ family: IPAddress.Family, _ size: Int) async throws {
        let template = try probe(family, port: 1, size: size)
        let outputs = await Pair.run(PacketServer(family: family, messageSize: size)) { port in
            var probe = template
            probe.port = port
            return probe
        }
        #expect(outputs.client.failure == nil, "\(outputs.client.message)")
        #expect(outputs.server.failure == nil && outputs.server.events.last == .done)
        let sent = try #require(outputs.client.value(ProbeMetrics.packetRateSent.name))
        let rate = try #require(outputs.client.value(ProbeMetrics.packetRate.name))
        let loss = try #require(outputs.client.value(ProbeMetrics.loss.name))
        // Tens of thousands, on the slowest of machines some thousands.
        #expect(sent > 1_000 && rate > 100 && rate <= sent * 1.001)
        #expect((0...1).contains(loss))
        #expect(try #require(outputs.client.value(ProbeMetrics.packets.name)) > 10)
        #expect(try #require(outputs.client.value(ProbeMetrics.cpuClient.name)) > 0)
        #expect(try #require(outputs.client.value(ProbeMetrics.cpuServer.name)) > 0)
    }

    @Test("a search over loopback finds a rate that keeps its limit, within its steps")
    func search() async throws {
        let template = try probe(port: 1, milliseconds: 40, lossBelow: 0.2)
        let outputs = await Pair.run(PacketServer(family: .ipv4, messageSize: 64)) { port in
            var probe = template
            probe.port = port
            return probe
        }
        #expect(outputs.client.failure == nil, "\(outputs.client.message)")
        #expect(try #require(outputs.client.value(ProbeMetrics.highestPacketRate.name)) > 1_000)
        #expect(try #require(outputs.client.value(ProbeMetrics.loss.name)) < 0.2)
        #expect(try #require(outputs.client.value(ProbeMetrics.searchSteps.name)) <= Double(PacketProbe.mostSteps))
    }

    @Test("datagrams of another size arrive and are not counted: nothing came, and the words say so")
    func wrongSize() async throws {
        let template = try probe(port: 1, size: 65)
        let outputs = await Pair.run(PacketServer(family: .ipv4, messageSize: 64)) { port in
            var probe = template
            probe.port = port
            return probe
        }
        #expect(outputs.client.failure == FailureCode.timedOut.rawValue)
        #expect(outputs.client.message.contains("datagrams of 65 bytes came"), "\(outputs.client.message)")
    }

    @Test("nobody at the port, a peer that says something else, and one that says nothing")
    func noServer() async throws {
        let nobody = Collector()
        await ProbeEngine.run(
            ProbePlan(probe: try probe(port: 1), deadlineSeconds: 10), output: nobody)
        #expect(nobody.failure == FailureCode.connectionRefused.rawValue, "\(nobody.message)")
        // The few bytes that it says after a moment are no answer, and no more come.
        let other = try QuietServer(silentMilliseconds: 20)
        defer { other.end() }
        let stranger = Collector()
        await ProbeEngine.run(
            ProbePlan(probe: try probe(port: other.port), deadlineSeconds: 0.5), output: stranger)
        #expect(stranger.failure == FailureCode.timedOut.rawValue, "\(stranger.message)")
        let echo = try probe(port: 1)
        let outputs = await Pair.run(EchoServer(transport: .tcp, family: .ipv4, messageSize: 24)) { port in
            var probe = echo
            probe.port = port
            return probe
        }
        // It sends the request back.
        #expect(outputs.client.failure == FailureCode.wrongReply.rawValue, "\(outputs.client.message)")
    }

    @Test("a stop ends a client in the middle of its step")
    func stopped() async throws {
        let template = try probe(port: 1, milliseconds: 60_000)
        let server = Collector()
        let client = Collector()
        let stops = (server: ProbeStop(), client: ProbeStop())
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await ProbeEngine.run(
                    ProbePlan(probe: PacketServer(family: .ipv4, messageSize: 64), deadlineSeconds: 20),
                    output: server, stop: stops.server)
            }
            var probe = template
            probe.port = await server.waitForPort() ?? 1
            let plan = ProbePlan(probe: probe, deadlineSeconds: 20)
            group.addTask { await ProbeEngine.run(plan, output: client, stop: stops.client) }
            try? await Task.sleep(for: .milliseconds(100))
            stops.client.trip()
            await group.next()
            stops.server.trip()
        }
        #expect(client.failure == FailureCode.stopped.rawValue, "\(client.message)")
        #expect(server.failure == nil && server.events.last == .done)
    }

    @Test("settings that cannot be carried out are named")
    func validation() throws {
        func path(_ change: (inout PacketProbe) -> Void) throws -> String? {
            var probe = try probe(port: 7)
            change(&probe)
            do throws(PlanError) {
                try probe.validate()
                return nil
            } catch {
                return error.path
            }
        }
        #expect(try path { _ in } == nil)
        #expect(try path { $0.port = 0 } == "probe.port")
        #expect(try path { $0.messageSize = 7 } == "probe.messageSize")
        #expect(try path { $0.messageSize = 65_508 } == "probe.messageSize")
        #expect(try path { $0.durationNanoseconds = 0 } == "probe.durationNanoseconds")
        #expect(try path { $0.warmUpNanoseconds = .max } == "probe.warmUpNanoseconds")
        #expect(try path { $0.lossBelow = 0 } == "probe.lossBelow")
        #expect(try path { $0.lossBelow = .nan } == "probe.lossBelow")
        #expect(throws: PlanError.self) { try PacketServer(family: .ipv4, messageSize: 1).validate() }
        #expect(throws: PlanError.self) {
            try PacketServer(family: .ipv6, address: try Loopback.address(), messageSize: 64).validate()
        }
    }
}
