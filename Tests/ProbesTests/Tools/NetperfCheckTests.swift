import Contract
import Processes
import Quantities
import Testing

@testable import Probes

@Suite("reports of netperf that cannot be, and how it ends")
struct NetperfCheckTests {
    private func probe(
        _ pattern: TrafficPattern = .requestResponse, _ transport: Transport = .tcp
    ) throws -> NetperfProbe {
        NetperfProbe(target: try Loopback.address(), port: 1, transport: transport, pattern: pattern, seconds: 1)
    }

    private func events(
        _ text: String, _ status: Processes.ExitStatus = .exited(0), _ probe: NetperfProbe
    ) throws -> Collector {
        let result = ProcessOutput(
            command: Command(executable: "netperf"), standardOutput: text, standardError: "", status: status)
        let output = Collector()
        for event in try NetperfRunner.events(of: result, probe, cpuSeconds: 0.1) { output.emit(event) }
        return output
    }

    @Test(
        "recorded reports agree with themselves",
        arguments: [
            ("netperf-TCP_RR.txt", TrafficPattern.requestResponse, Transport.tcp),
            ("netperf-TCP_CRR.txt", .connectRequestClose, .tcp), ("netperf-UDP_RR.txt", .requestResponse, .udp),
            ("netperf-TCP_STREAM.txt", .stream, .tcp),
        ]
    )
    func recorded(_ name: String, _ pattern: TrafficPattern, _ transport: Transport) throws {
        let report = try NetperfParser.parse(Fixture.text(name))
        #expect(NetperfCheck.reason(report, try probe(pattern, transport)) == nil)
    }

    @Test(
        "what contradicts itself is a failure",
        arguments: [
            ("P50_LATENCY=57", "P50_LATENCY=5700"), ("P99_LATENCY=90", "P99_LATENCY=9"),
            ("P50_LATENCY=57", "P50_LATENCY=1e300"), ("ELAPSED_TIME=1.00", "ELAPSED_TIME=1e304"),
            ("ELAPSED_TIME=1.00", "ELAPSED_TIME=30.00"), ("THROUGHPUT=16654.49", "THROUGHPUT=1e15"),
            ("THROUGHPUT=16654.49", "THROUGHPUT=33000"), ("LOCAL_TRANSPORT_RETRANS=0", "LOCAL_TRANSPORT_RETRANS=1e18"),
            ("P90_LATENCY=71", "P90_LATENCY=71\nP90_LATENCY=72"), ("=Trans/s", "=10^6bits/s"),
        ]
    )
    func contradictions(_ old: String, _ new: String) throws {
        let text = try Fixture.text("netperf-TCP_RR.txt").replacing(old, with: new)
        #expect { try events(text, .exited(0), try probe()) } throws: { error in
            let failure = error as? ProbeFailure
            return failure?.code == .contradictory && failure?.words == text
        }
    }

    @Test(
        "few transactions may differ by ten from the bytes that arrived, and no more",
        arguments: [(7.0, true), (13, false)])
    func few(_ difference: Double, _ isBelieved: Bool) throws {
        let report = NetperfReport(
            rate: .transactionsPerSecond(20 + difference), seconds: 1, latencyP50: nil, latencyP90: nil,
            latencyP99: nil,
            receivedBytes: 20 * Double(try probe().messageSize), retransmits: nil)
        #expect((NetperfCheck.reason(report, try probe()) == nil) == isBelieved)
    }

    @Test("a stream's rate is its bytes by its seconds")
    func stream() throws {
        let text = try Fixture.text("netperf-TCP_STREAM.txt").replacing("=5301.22", with: "=9301.22")
        #expect { try events(text, .exited(0), try probe(.stream)) } throws: { error in
            let message = (error as? ProbeFailure)?.message
            return message?.contains("9301220000 bit/s") == true && message?.contains("5302517760 bit/s") == true
        }
    }

    @Test("what it has no number of is no sample", arguments: ["-nan", "nan", "-1", "inf", "-5", "", "1e400"])
    func noNumber(_ value: String) throws {
        let text = try Fixture.text("netperf-TCP_RR.txt").replacing("P99_LATENCY=90", with: "P99_LATENCY=\(value)")
        let output = try events(text, .exited(0), try probe())
        #expect(output.value("latency_p99") == nil)
        #expect(output.value("latency_p50") == 57e-6)
    }

    @Test(
        "a client that did not end with 0 is a failure with its status, whatever it printed",
        arguments: [(Processes.ExitStatus.exited(1), "exit code 1"), (.signalled(6), "signal 6 (SIGABRT)")]
    )
    func status(_ status: Processes.ExitStatus, _ words: String) throws {
        let text = try Fixture.text("netperf-TCP_RR.txt")
        #expect { try events(text, status, try probe()) } throws: { error in
            let failure = error as? ProbeFailure
            return failure?.code == .toolFailed && failure?.message.contains(words) == true && failure?.words == text
        }
    }

    @Test("that nobody listens is told in its own words")
    func refused() throws {
        let text = try Fixture.text("netperf-refused.txt")
        #expect { try events(text, .exited(255), try probe()) } throws: {
            ($0 as? ProbeFailure)?.code == .connectionRefused
        }
    }
}
