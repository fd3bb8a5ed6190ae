import Contract

extension Span {
    /// Reads an event; nil for another event, and for a detail that is no stretch of time.
    init?(_ event: RunData.Event) {
        guard event.name == Self.name, let span = try? Span(json: event.detail), !span.name.isEmpty else { return nil }
        self = span
    }
}
