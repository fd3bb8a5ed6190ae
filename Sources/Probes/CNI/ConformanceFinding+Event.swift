import Contract

extension ConformanceFinding {
    /// The event that hands findings over.
    static func event(_ findings: [ConformanceFinding]) throws(ProbeFailure) -> ProbeEvent {
        guard let text = try? json(findings) else {
            throw ProbeFailure(.system, "the findings could not be written as JSON")
        }
        return .artifact(name: name, mediaType: "application/json", text: text)
    }
}
