import Contract
import Foundation
import Testing

@testable import Probes

@Suite("iperf3's JSON")
struct Iperf3ParserTests {
    @Test("one TCP stream")
    func tcpOneStream() throws {
        let report = try Iperf3Parser.parse(Fixture.text("tcp-one-stream.json"))
        #expect(report.version == "3.12")
        #expect(report.received.bitsPerSecond == 18445871279.491287)
        #expect(report.received.bytes == 2_307_587_720)
        #expect(report.retransmits == 9_836)
        #expect(report.sent.seconds == 1.000092)
        #expect(report.datagrams == nil)
        #expect(abs(report.clientLoad - 0.934203805388839) < 1e-9)
        #expect(abs(report.serverLoad - 0.42870860248897145) < 1e-9)
    }

    @Test("four TCP streams over IPv6 after a warm-up are summed up")
    func tcpFourStreams() throws {
        let report = try Iperf3Parser.parse(Fixture.text("tcp-four-streams-ipv6-omit.json"))
        #expect(report.received.bytes == 2_039_284_988)
        #expect(report.retransmits == 71)
    }

    @Test("UDP with loss and jitter")
    func udpWithLoss() throws {
        let report = try Iperf3Parser.parse(Fixture.text("udp-with-loss.json"))
        let datagrams = try #require(report.datagrams)
        #expect(abs(try #require(report.datagrams).loss - (1 - 6_122_144.0 / 6_245_224.0)) < 1e-9)
        #expect(datagrams.sent == 4_313)
        #expect(datagrams.gaps == 83)
        #expect(abs(datagrams.jitterSeconds - 0.000017689615357199734) < 1e-12)
        #expect(report.retransmits == nil)
        #expect(report.received.bytes == 6_122_144)
    }

    @Test("a UDP path that dies in the middle has lost what comes after, although the receiver saw no gap")
    func udpPathDies() throws {
        // Recorded while a rule dropped all datagrams from the middle on; its lost_packets is 0.
        let report = try Iperf3Parser.parse(Fixture.text("udp-path-dies.json"))
        #expect(abs(try #require(report.datagrams).loss - (1 - 6_182_960.0 / 12_494_792.0)) < 1e-9)
        #expect(report.received.bytes == 6_182_960)
    }

    @Test("losses in the omitted part, which iperf3 counts among the others, are left out")
    func udpWithOmittedLoss() throws {
        let report = try Iperf3Parser.parse(Fixture.text("udp-omit-loss.json"))
        let loss = try #require(report.datagrams).loss
        #expect(abs(loss - (1 - 20_419_000.0 / 24_967_600.0)) < 1e-9)
        #expect(loss < 4117.0 / 17768.0)
    }

    @Test("a UDP test in which no datagram was sent is a failure, and not a loss of 0")
    func udpWithoutDatagrams() throws {
        let text = try Fixture.text("udp-with-loss.json")
            .replacingOccurrences(of: "\"packets\":\t4313", with: "\"packets\":\t0")
        #expect { try Iperf3Parser.parse(text) } throws: { ($0 as? ProbeFailure)?.code == .timedOut }
    }

    @Test("without the receiver's summary nothing is known of what arrived, and the sender's is not taken for it")
    func udpWithoutReceiver() throws {
        let text = try Fixture.text("udp-with-loss.json")
            .replacingOccurrences(of: "sum_received", with: "sum_of_nobody")
        #expect { try Iperf3Parser.parse(text) } throws: {
            ($0 as? ProbeFailure)?.code == .rubbish && ($0 as? ProbeFailure)?.message.contains("what arrived") == true
        }
    }

    @Test("two UDP streams without loss")
    func udpTwoStreams() throws {
        let report = try Iperf3Parser.parse(Fixture.text("udp-two-streams.json"))
        #expect(report.datagrams?.loss == 0)
        #expect(report.received.bytes == 2_499_248)
    }

    @Test(
        "iperf3's own errors keep its words",
        arguments: [
            ("connection-refused.json", FailureCode.connectionRefused), ("server-busy.json", .serverBusy),
            ("connect-timed-out.json", .timedOut), ("unreachable.json", .unreachable),
            ("server-port-in-use.json", .portInUse),
        ]
    )
    func errorsAreFailures(_ name: String, _ code: FailureCode) throws {
        let text = try Fixture.text(name)
        #expect {
            try Iperf3Parser.parse(text)
        } throws: { error in
            let failure = error as? ProbeFailure
            return failure?.code == code && failure?.words == text && failure?.message.contains("iperf3 said") == true
        }
    }

    @Test(
        "anything else is rubbish, and kept",
        arguments: [
            "", " \n", "Segmentation fault", "{", "{}", "[]", "null", #"{"start":{},"end":{}}"#,
            #"{"end":{"sum_sent":{"seconds":"x"}}}"#, #"{"error":5}"#,
        ]
    )
    func restIsRubbish(_ text: String) {
        #expect {
            try Iperf3Parser.parse(text)
        } throws: {
            ($0 as? ProbeFailure)?.code == .rubbish && ($0 as? ProbeFailure)?.words == text
        }
    }

    @Test("a report that was cut anywhere is rubbish")
    func truncationIsRubbish() throws {
        let text = try Fixture.text("tcp-one-stream.json").trimmingSuffix()
        for length in stride(from: 0, to: text.utf8.count, by: 37) {
            let part = String(decoding: text.utf8.prefix(length), as: UTF8.self)
            #expect(throws: ProbeFailure.self) { try Iperf3Parser.parse(part) }
        }
        #expect(throws: ProbeFailure.self) { try Iperf3Parser.parse(Fixture.text("truncated.json")) }
        #expect(throws: Never.self) { try Iperf3Parser.parse(text) }
    }

    @Test("a test that transferred nothing is a failure and not a zero")
    func nothingIsAFailure() throws {
        let text = try Fixture.text("tcp-one-stream.json")
            .replacingOccurrences(of: "2307587720", with: "0")
        #expect { try Iperf3Parser.parse(text) } throws: { ($0 as? ProbeFailure)?.code == .timedOut }
    }

    @Test("a report becomes samples in SI units")
    func eventsAreSI() throws {
        let output = Collector()
        let report = try Iperf3Parser.parse(Fixture.text("udp-with-loss.json"))
        for event in Iperf3Events.events(report) { output.emit(event) }
        #expect(output.value("loss") == report.datagrams?.loss)
        #expect(output.value("retransmits") == nil)
        #expect(output.value("cpu_client") == report.clientLoad * report.sent.seconds)
        #expect(output.value("generator_limited") == 0)

        let busy = Collector()
        for event in Iperf3Events.events(try Iperf3Parser.parse(Fixture.text("tcp-four-streams-ipv6-omit.json"))) {
            busy.emit(event)
        }
        #expect(busy.value("generator_limited") == 1)
        #expect(busy.value("retransmits") == 71)
    }

    @Test(
        "either end that was busy all the time was the limit",
        arguments: [(0.2, 0.99, 1), (0.99, 0.2, 1), (0.2, 0.9, 0)])
    func limits(_ client: Double, _ server: Double, _ limited: Double) {
        let sum = Iperf3Report.Sum(seconds: 1, bytes: 1e6, bitsPerSecond: 8e6)
        let report = Iperf3Report(
            version: "3.12", sent: sum, received: sum, reverse: nil, retransmits: 0, clientLoad: client,
            serverLoad: server,
            datagrams: nil
        )
        let output = Collector()
        for event in Iperf3Events.events(report) { output.emit(event) }
        #expect(output.value("generator_load") == max(client, server))
        #expect(output.value("generator_limited") == limited)
    }

    @Test(
        "a little more that arrived than was sent is no loss, and no loss below nothing",
        arguments: [(1_010.0, 0.0), (1_000, 0), (750, 0.25), (0, 1)]
    )
    func loss(_ received: Double, _ loss: Double) {
        let sent = Iperf3Report.Sum(seconds: 1, bytes: 1_000, bitsPerSecond: 8_000)
        let received = Iperf3Report.Sum(seconds: 1, bytes: received, bitsPerSecond: received * 8)
        #expect(Iperf3Parser.loss(sent, received) == loss)
    }
}

extension String {
    fileprivate func trimmingSuffix() -> String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
