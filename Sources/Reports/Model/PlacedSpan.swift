public import Contract

/// A stretch of time with the trial that it belongs to, on the run's own axis.
public struct PlacedSpan: Sendable, Equatable, Encodable {
    /// What held, with the times within its trial.
    public let span: Span
    /// When it began, in seconds since the run did.
    public let start: Double
    /// When it ended; where it did not, when its trial ended.
    public let end: Double
    /// The trial's identifier.
    public let trial: String

    /// Reads every stretch of a run by time; those of trials without a known beginning are left out.
    static func all(in run: RunData) -> [PlacedSpan] {
        let trials = Dictionary(run.trials.map { ($0.id, $0) }) { first, _ in first }
        return run.events.compactMap { event -> PlacedSpan? in
            guard let span = Span(event), let trial = event.trialID.flatMap({ trials[$0] }), let began = trial.start
            else { return nil }
            let end = span.end ?? max(trial.seconds ?? span.start, span.start)
            return PlacedSpan(span: span, start: began + span.start, end: began + end, trial: trial.id)
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }
}
