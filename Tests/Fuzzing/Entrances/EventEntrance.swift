import Contract
import Probes

/// Lines that an agent prints, as the testbed reads them.
struct EventEntrance: Entrance {
    let name = "event"
    let words = [
        "\"event\":\"ready\"", "\"event\":\"sample\"", "\"event\":\"histogram\"", "\"event\":\"artifact\"",
        "\"event\":\"failure\"", "\"event\":\"done\"", "\"port\":0", "\"value\":1", "\"censored\":true",
        "\"json\":\"{}\"",
        "\"metric\":\"latency_p50\"", "\"text\":\"\"", "\"mediaType\":\"text/plain\"", "null", "NaN", "Infinity",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        guard let event = try? ProbeEvent(line: String(decoding: input, as: UTF8.self)) else { return .refused("") }
        let line = event.line()
        try Violation.unless(!line.utf8.contains(UInt8(ascii: "\n")), "an event is one line", line)
        let again = try? ProbeEvent(line: line)
        try Violation.unless(again == event, "an event that is written reads back as the same", line)
        if case .sample(let sample) = event {
            let value = sample.value
            try Violation.unless(value.isFinite, "a sample is a finite number", "\(value)")
        }
        return .accepted(String(line.prefix(24)))
    }
}
