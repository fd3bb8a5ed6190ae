import Contract
import Resources

/// Expectations of scenarios, as people write them behind `expect:`.
struct ExpressionEntrance: Entrance {
    let name = "expression"
    let words = [
        "throughput", "latency_p50", "before.", "after.", "step-1.", ".median", ".p99", ".count", ".mean",
        "findings.count",
        "trials.count", "outcome", "verdict(", "matrix.size", "matrix.mode", "(kind: \"loss\")", "(network=\"bridge\")",
        " and ", " or ", "not ", " == ", " != ", " <= ", " >= ", " < ", " > ", " + ", " - ", " * ", " / ", "1Gbit",
        "10 ms",
        "5 %", "64B", "5000/s", "2 s/GiB", "\"completed\"", "'x'", "true", "false", "(", ")", ",", ":", ".", "0", "1e9",
        "99999999999999999999", "0.1",
    ]

    static let scope = ExpressionScope(
        own: "after", steps: ["before", "after", "step-1"],
        factors: ["size": .quantity(.unit("B")), "mode": .text]
    ) { metric in MetricCatalogue.all.first { $0.name == metric }?.unit }

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let text = String(decoding: input, as: UTF8.self)
        let length = text.unicodeScalars.count
        let expectation: Expectation
        do throws(ExpressionProblem) {
            expectation = try Expectation(parsing: text, in: Self.scope)
        } catch {
            try Violation.unlessWorded(error.description)
            try Violation.unless(
                (0...length).contains(error.offset), "a problem's place is in the text", "\(error.offset) of \(length)")
            return .refused(error.message)
        }
        try Violation.unless(
            expectation.steps.allSatisfy { Self.scope.steps.contains($0.name) && (0..<length).contains($0.offset) },
            "an expectation names only steps that there are, at places in its text")
        try Violation.unless(
            expectation.selections.allSatisfy { (0..<length).contains($0.offset) && !$0.metric.isEmpty },
            "a metric stands in the text")
        let again = try? Expectation(parsing: expectation.text, in: Self.scope)
        try Violation.unless(
            again == expectation && expectation.text == text, "its own text reads back as the same", text)
        return .accepted("\(expectation.steps.count) steps, \(expectation.selections.count) metrics")
    }
}
