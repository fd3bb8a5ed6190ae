@testable import Reports

/// Events of conformance checks, as an experiment records them.
enum Conformance {
    static let events = [
        event("bridge", "ADD twice", "error", "error, code 4", "conforms"),
        event("bridge", "DEL of what never was", "success", "success", "conforms"),
        event("bridge", "GC", "", "", "not applicable"),
        event("floor|", "ADD twice", "error", "success <again>", "deviates"),
        event("floor|", "DEL of what never was", "success", "success", "conforms"),
        event("floor|", "DEL of what never was", "success", "exit code 1: \"no such link\"", "deviates"),
        RunData.Event(at: "2026-11-24T21:03:26.000Z", name: "settled", detail: "background CPU 3 %"),
    ]

    static func event(
        _ network: String, _ check: String, _ expected: String, _ found: String, _ verdict: String
    ) -> RunData.Event {
        func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\\\"") + "\"" }
        let pairs = [
            ("network", network), ("check", check), ("expected", expected), ("found", found), ("verdict", verdict),
        ]
        let detail = pairs.map { "\(quoted($0.0)):\(quoted($0.1))" }.joined(separator: ",")
        return RunData.Event(at: "2026-11-24T21:03:25.500Z", name: "conformance", detail: "{\(detail)}")
    }
}
