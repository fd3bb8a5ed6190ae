import Contract
import Results

/// How one step of one cell ended.
struct StepEnd: Sendable {
    /// The word of an outcome for a step that was not begun.
    static let skipped = "skipped"

    var outcome: TrialOutcome
    var reason: String?
    /// The run in which it measured.
    var runID: String?
    /// Whether it ran to its end, whatever its trials came to.
    var measured = false
    /// Whether a person or the system ended it.
    var isInterrupted = false
    let startedAt: Timestamp
    let endedAt: Timestamp

    /// Whether steps after it can be run.
    var isGood: Bool { outcome == .completed }
}
