import Contract
import Processes
import Quantities
import Testing

@testable import Probes

@Suite("reports of iperf3 that cannot be")
struct Iperf3CheckTests {
    private func probe(
        _ transport: Transport = .tcp, seconds: Int = 1, omit: Int = 0, streams: Int = 1
    ) throws -> Iperf3Probe {
        Iperf3Probe(
            target: try Loopback.address(), port: 1, transport: transport, streams: streams, seconds: seconds,
            omitSeconds: omit, bitsPerSecond: transport == .udp ? 1e9 : nil
        )
    }

    @Test(
        "recorded reports agree with themselves",
        arguments: [
            ("tcp-one-stream.json", Transport.tcp, 1, 0, 1), ("tcp-four-streams-ipv6-omit.json", .tcp, 1, 1, 4),
            ("udp-with-loss.json", .udp, 1, 0, 1), ("udp-omit-loss.json", .udp, 1, 1, 1),
            ("udp-path-dies.json", .udp, 2, 0, 1), ("udp-two-streams.json", .udp, 1, 0, 2),
        ]
    )
    func recorded(_ name: String, _ transport: Transport, _ seconds: Int, _ omit: Int, _ streams: Int) throws {
        let report = try Iperf3Parser.parse(Fixture.text(name))
        let probe = try probe(transport, seconds: seconds, omit: omit, streams: streams)
        #expect(Iperf3Check.reason(report, probe) == nil)
    }

    @Test("streams of the server, and of both ends, are told apart, and a report of others is not believed")
    func directions() throws {
        let down = try Iperf3Parser.parse(Fixture.text("tcp-reverse.json"))
        let both = try Iperf3Parser.parse(Fixture.text("tcp-both-directions.json"))
        var probe = try probe(.tcp, seconds: 1, omit: 0, streams: 2)
        probe.direction = .down
        #expect(Iperf3Check.reason(down, probe) == nil && Iperf3Check.reason(both, probe) != nil)
        #expect(down.receivedBitsPerSecond == 24328238115.42615 && down.reverse == nil)
        probe.direction = .both
        #expect(Iperf3Check.reason(both, probe) == nil && Iperf3Check.reason(down, probe) != nil)
        #expect(both.receivedBitsPerSecond == 15793694981.710377 + 8203947115.4995575)
        #expect(both.retransmits == 16)
        let samples = Iperf3Events.events(both).compactMap { event -> Double? in
            guard case .sample(let sample) = event, sample.metric.hasPrefix("throughput_") else { return nil }
            return sample.value
        }
        #expect(samples == [15793694981.710377, 8203947115.4995575])
        // What arrives can be no more than what was sent, in that direction, too.
        let text = try Fixture.text("tcp-both-directions.json").replacing("1029439488", with: "9029439488")
        #expect(throws: ProbeFailure.self) {
            let report = try Iperf3Parser.parse(text)
            if let reason = Iperf3Check.reason(report, probe) { throw Iperf3Parser.contradiction(reason, text) }
        }
    }

    /// A report of 1 s with 1 Gbit/s, and one thing changed.
    private struct Change {
        var seconds = 1.0
        var received = 125e6
        var receivedRate: Double?
        var receivedSeconds = 1.0
        var sent = 125e6
        var sentRate: Double?
        var retransmits: Double? = 3
        var client = 0.5
        var server = 0.5
        var datagrams: Iperf3Report.Datagrams?

        var report: Iperf3Report {
            Iperf3Report(
                version: "3.12",
                sent: .init(seconds: seconds, bytes: sent, bitsPerSecond: sentRate ?? sent * 8 / seconds),
                received: .init(
                    seconds: receivedSeconds, bytes: received,
                    bitsPerSecond: receivedRate ?? received * 8 / receivedSeconds),
                reverse: nil, retransmits: retransmits, clientLoad: client, serverLoad: server, datagrams: datagrams
            )
        }
    }

    private func reason(_ change: Change, _ transport: Transport = .tcp) throws -> String? {
        let probe = try probe(transport)
        return Iperf3Check.reason(change.report) ?? Iperf3Check.reason(change.report, probe)
    }

    @Test("both numbers are in the reason of a rate that is not bytes by seconds")
    func rate() throws {
        #expect(try reason(Change()) == nil)
        let reason = try reason(Change(receivedRate: 1.8e19))
        #expect(reason?.contains("1.8e+19 bit/s") == true)
        #expect(reason?.contains("1000000000 bit/s") == true)
        for factor in [0.97, 1.03] { #expect(try self.reason(Change(receivedRate: 1e9 * factor)) == nil) }
        for factor in [0.9, 1.1] { #expect(try self.reason(Change(receivedRate: 1e9 * factor)) != nil) }
        #expect(try self.reason(Change(sentRate: 2e9)) != nil)
    }

    @Test("what cannot be is found, whatever it agrees with")
    func impossible() throws {
        let impossible: [Change] = [
            Change(retransmits: -5), Change(retransmits: 1e18), Change(retransmits: .nan),
            Change(seconds: 1e304), Change(receivedSeconds: 1e304), Change(seconds: 10, receivedSeconds: 10),
            Change(receivedSeconds: 0.01), Change(received: -1), Change(received: 250e6),
            Change(received: 1.3e14, sent: 1.3e14), Change(client: -0.1), Change(server: .infinity), Change(client: 40),
        ]
        for (index, change) in impossible.enumerated() { #expect(try reason(change) != nil, "\(index)") }
    }

    @Test(
        "datagrams: more lost than were sent, and a jitter longer than the test, cannot be; a negative loss is iperf3's"
    )
    func datagrams() throws {
        func reason(_ jitter: Double, _ sent: Double, _ gaps: Double?) throws -> String? {
            var change = Change(retransmits: nil)
            change.datagrams = .init(jitterSeconds: jitter, loss: 0, sent: sent, gaps: gaps)
            return try self.reason(change, .udp)
        }
        #expect(try reason(1e-6, 100, 3) == nil)
        #expect(try reason(1e-6, 100, -3) == nil)
        #expect(try reason(1e-6, 100, nil) == nil)
        #expect(try reason(1e-6, 100, 101) != nil)
        #expect(try reason(-1e-6, 100, 0) != nil)
        #expect(try reason(1e300, 100, 0) != nil)
        #expect(try reason(1e-6, 1e18, 0) != nil)
        #expect(try reason(1e-6, -1, 0) != nil)
    }

    @Test("such a report is a failure of its own kind, with all that was printed")
    func failure() throws {
        let text = try Fixture.text("tcp-one-stream.json").replacing("18445871279.491287", with: "1.8e19")
        let output = ProcessOutput(
            command: Command(executable: "iperf3"), standardOutput: text, standardError: "", status: .exited(0))
        #expect { try Iperf3Runner.events(of: output, probe()) } throws: { error in
            let failure = error as? ProbeFailure
            return failure?.code == .contradictory && failure?.words == text
        }
    }
}
