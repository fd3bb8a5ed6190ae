import Contract

/// The steps of a search, in the order in which they were taken; kept as an artifact.
struct SearchLog: Sendable {
    private(set) var steps: [PacketStep] = []

    mutating func append(_ step: PacketStep) { steps.append(step) }

    /// The last step that was sent at a rate.
    func last(at rate: Double) -> PacketStep? { steps.last { $0.sentRate == rate } }

    /// A table with a line for each step, separated by commas.
    var artifact: ProbeEvent {
        let lines = steps.enumerated().map { index, step in
            let asked = step.asked.map { "\(Int($0.rounded()))" } ?? "flood"
            return "\(index + 1),\(asked),\(Int(step.sentRate.rounded())),\(step.sent),\(step.received),\(step.loss),"
                + (step.isGeneratorLimited ? "generator" : "")
        }
        let head = "step,asked_per_second,sent_per_second,sent,received,loss,limited_by"
        return .artifact(
            name: "packet-rate-search", mediaType: "text/csv", text: ([head] + lines).joined(separator: "\n") + "\n")
    }
}
