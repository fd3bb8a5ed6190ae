import Contract
import Probes

/// What holds for every number that another tool reports.
enum ToolReport {
    /// The runners hold the duration to what was asked for, which is a second at least: from here on numbers are believed.
    static let shortest = 0.1

    static func check(_ numbers: [(name: String, value: Double?)]) throws(Violation) {
        for (name, value) in numbers {
            guard let value else { continue }
            try Violation.unless(
                value.isFinite && value >= 0, "what a tool measured is finite and not negative", "\(name) is \(value)")
        }
    }

    static func check(_ events: [ProbeEvent]) throws(Violation) {
        for case .sample(let sample) in events { try check([(sample.metric, sample.value)]) }
    }

    static func refusal(_ failure: ProbeFailure) throws(Violation) -> Answer {
        try Violation.unlessWorded(failure.message)
        return .refused("\(failure.code.rawValue) \(failure.message)")
    }
}
