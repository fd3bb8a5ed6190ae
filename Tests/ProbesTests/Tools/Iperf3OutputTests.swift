import Contract
import Processes
import Quantities
import Testing

@testable import Probes

@Suite("what iperf3 prints around its report, and how it ends")
struct Iperf3OutputTests {
    private func probe() throws -> Iperf3Probe {
        Iperf3Probe(target: try Loopback.address(), port: 1, transport: .tcp, seconds: 1)
    }

    private func events(
        _ output: String, standardError: String = "", status: Processes.ExitStatus = .exited(0)
    ) throws -> [ProbeEvent] {
        let result = ProcessOutput(
            command: Command(executable: "iperf3"), standardOutput: output, standardError: standardError,
            status: status
        )
        return try Iperf3Runner.events(of: result, probe())
    }

    private func remarks(_ events: [ProbeEvent]) -> [String] {
        events.compactMap { if case .remark(let words) = $0 { words } else { nil } }
    }

    private func value(_ metric: String, in events: [ProbeEvent]) -> Double? {
        for case .sample(let sample) in events where sample.metric == metric { return sample.value }
        return nil
    }

    @Test(
        "text around the report is remarked on and kept, and the report counts",
        arguments: [
            ("warning: UDP block size 2048 exceeds TCP MSS 1448\n", "", ["in front of"]),
            ("a {brace} in a warning\n", "", ["in front of"]),
            ("", "\niperf Done.\n", ["behind"]), ("note\n", "bye", ["in front of", "behind"]),
            ("", "\n{\"start\": {", ["behind"]),
        ]
    )
    func surroundings(_ before: String, _ after: String, _ words: [String]) throws {
        let report = try Fixture.text("tcp-one-stream.json")
        let events = try events(before + report + after)
        #expect(value("throughput", in: events) == 18445871279.491287)
        let remark = try #require(remarks(events).first)
        for word in words { #expect(remark.contains(word), "\(remark)") }
        #expect(
            events.contains(
                .artifact(name: "iperf3-report", mediaType: "text/plain", text: before + report + after)))
    }

    @Test("a report alone is not remarked on")
    func plain() throws {
        let report = try Fixture.text("tcp-one-stream.json")
        let events = try events(report)
        #expect(remarks(events).isEmpty)
        #expect(events.contains(.artifact(name: "iperf3-report", mediaType: "application/json", text: report)))
    }

    @Test("the same report again is one report, also when it is written otherwise")
    func twice() throws {
        let report = try Fixture.text("tcp-one-stream.json")
        let packed = report.filter { $0 != "\t" && $0 != "\n" }
        for second in [report, packed, report + "\n" + report] {
            let events = try events(report + "\n" + second)
            #expect(value("throughput", in: events) == 18445871279.491287)
            #expect(remarks(events).first?.contains("once more") == true)
        }
    }

    @Test("two reports that differ are a failure that says so", arguments: [true, false])
    func different(_ isReport: Bool) throws {
        let report = try Fixture.text("tcp-one-stream.json")
        let other = isReport ? report.replacing("2307587720", with: "2307587721") : #"{"warning": "of another kind"}"#
        for text in [report + other, other + report] {
            #expect { try events(text) } throws: { error in
                let failure = error as? ProbeFailure
                return failure?.code == .contradictory && failure?.words == text
                    && failure?.message.contains("two JSON objects that differ") == true
            }
        }
    }

    @Test("members that older versions write once for each stream are no fault")
    func repeatedMembers() throws {
        let report = try Fixture.text("tcp-one-stream.json")
            .replacing("\"sock_bufsize\":\t0,", with: "\"sock_bufsize\":\t0, \"sock_bufsize\":\t0,")
        #expect(value("throughput", in: try events(report)) == 18445871279.491287)
    }

    @Test(
        "the words fit what was printed",
        arguments: [
            ("", "printed nothing"), ("Segmentation fault", "text without a JSON object"),
            ("{\"start\": {", "cut off or malformed"), ("{}", "has no end"), (#"{"end": {}}"#, "no summary"),
        ]
    )
    func words(_ text: String, _ words: String) throws {
        #expect { try events(text) } throws: { ($0 as? ProbeFailure)?.message.contains(words) == true }
    }

    @Test(
        "a client that did not end with 0 is a failure with its status, whatever it printed",
        arguments: [
            (Processes.ExitStatus.exited(1), "exit code 1"), (.exited(137), "exit code 137"),
            (.signalled(9), "signal 9 (SIGKILL)"), (.signalled(11), "signal 11 (SIGSEGV)"),
        ]
    )
    func status(_ status: Processes.ExitStatus, _ words: String) throws {
        for text in [try Fixture.text("tcp-one-stream.json"), ""] {
            #expect { try events(text, status: status) } throws: { error in
                let failure = error as? ProbeFailure
                return failure?.code == .toolFailed && failure?.message.contains(words) == true
                    && failure?.message.contains("printed nothing") == text.isEmpty && failure?.words == text
            }
        }
    }

    @Test("iperf3's own error is told with either status, but not instead of the signal that ended it")
    func ownError() throws {
        let text = try Fixture.text("connection-refused.json")
        for status in [Processes.ExitStatus.exited(0), .exited(1)] {
            #expect { try events(text, status: status) } throws: { ($0 as? ProbeFailure)?.code == .connectionRefused }
        }
        #expect { try events(text, status: .signalled(15)) } throws: {
            ($0 as? ProbeFailure)?.message.contains("SIGTERM") == true
        }
    }

    @Test("what it writes to standard error beside its report is kept")
    func standardError() throws {
        let events = try events(try Fixture.text("tcp-one-stream.json"), standardError: "warning: odd\n")
        #expect(
            events.contains(.artifact(name: "iperf3-messages", mediaType: "text/plain", text: "warning: odd\n")))
    }
}
