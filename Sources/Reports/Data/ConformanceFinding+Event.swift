import Contract

extension ConformanceFinding {
    /// Reads an event; nil for another event, and for a detail without a network, a check and a known verdict.
    init?(_ event: RunData.Event) {
        guard event.name == Self.name, let finding = try? ConformanceFinding(json: event.detail),
            !finding.network.isEmpty, !finding.check.isEmpty
        else { return nil }
        self = finding
    }
}
