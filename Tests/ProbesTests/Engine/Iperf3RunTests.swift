import Contract
import Testing

@testable import Probes

@Suite("iperf3 itself", .enabled(if: ProbeTool.iperf3.path != nil, "iperf3 is not installed"), .serialized)
struct Iperf3RunTests {
    @Test("a TCP stream over loopback, on a port that was chosen")
    func tcp() async throws {
        let target = try Loopback.address()
        let output = await Pair.run(Iperf3Server()) { port in
            Iperf3Probe(target: target, port: port, transport: .tcp, seconds: 1)
        }
        #expect(output.client.failure == nil, "\(output.client.message)")
        #expect(output.server.failure == nil, "\(output.server.message)")
        #expect(try #require(output.client.value("throughput")) > 1e6)
        #expect(try #require(output.client.value("cpu_server")) > 0)
        #expect(output.client.value("retransmits") != nil)
        #expect(output.server.port ?? 0 > 0)
    }

    @Test("nobody listens")
    func refused() async throws {
        let output = Collector()
        let probe = Iperf3Probe(target: try Loopback.address(), port: try FreePort.find(), transport: .tcp, seconds: 1)
        await ProbeEngine.run(ProbePlan(probe: probe, deadlineSeconds: 10), output: output)
        #expect(output.failure == "connectionRefused")
        #expect(
            output.events.contains {
                if case .artifact(let artifact) = $0 { artifact.name == "iperf3-output" } else { false }
            })
    }

    @Test("a server that nobody uses ends at the deadline, and its process with it")
    func serverEnds() async throws {
        let output = Collector()
        await ProbeEngine.run(ProbePlan(probe: Iperf3Server(), deadlineSeconds: 0.5), output: output)
        #expect(output.failure == nil, "\(output.message)")
        let port = try #require(output.port)
        #expect(!ListeningPorts.contains(port))
    }
}
