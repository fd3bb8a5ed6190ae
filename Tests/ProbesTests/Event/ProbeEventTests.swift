import Contract
import Probes
import Testing

@Suite("probe events")
struct ProbeEventTests {
    static let events: [ProbeEvent] = [
        .ready(port: 5201, tool: "iperf3", version: "3.12"),
        .sample(metric: "throughput", value: 1.2e9, censored: false),
        .sample(metric: "latency", value: 0.25, censored: true), .histogram(metric: "latency", json: #"{"unit":"ns"}"#),
        .artifact(name: "iperf3-output", mediaType: "text/plain", text: "two\nlines \"quoted\" \u{1F600}\u{0}"),
        .remark("printed twice; \u{1B}[31mred"), .failure(code: "timedOut", message: "no reply"), .done,
    ]

    @Test("an event survives its line", arguments: events)
    func eventSurvives(_ event: ProbeEvent) throws {
        let line = event.line()
        #expect(!line.contains("\n"))
        #expect(try ProbeEvent(line: line) == event)
    }

    @Test("the lines are the contract's")
    func linesAreTheContract() {
        #expect(
            ProbeEvent.sample(metric: "throughput", value: 1.5, censored: false).line()
                == #"{"censored":false,"event":"sample","metric":"throughput","value":1.5}"#
        )
        #expect(ProbeEvent.done.line() == #"{"event":"done"}"#)
        #expect(
            ProbeEvent.ready(port: 1, tool: "echo", version: "1").line()
                == #"{"event":"ready","port":1,"tool":"echo","version":"1"}"#
        )
    }

    @Test("a sample without the key censored is not censored")
    func censoredIsOptional() throws {
        let event = try ProbeEvent(line: #"{"event":"sample","metric":"loss","value":0}"#)
        #expect(event == .sample(metric: "loss", value: 0, censored: false))
    }

    @Test("a number that JSON cannot hold becomes a failure", arguments: [Double.nan, .infinity, -.infinity])
    func notANumberIsAFailure(_ value: Double) throws {
        let event = try ProbeEvent(line: ProbeEvent.sample(metric: "loss", value: value, censored: false).line())
        guard case .failure = event else {
            Issue.record("expected a failure, found \(event)")
            return
        }
    }

    @Test("a line that is no event is an error", arguments: ["", "{", #"{"event":"started"}"#, #"{"event":"sample"}"#])
    func wrongLineIsAnError(_ line: String) {
        #expect(throws: (any Error).self) { try ProbeEvent(line: line) }
    }
}
