/// How a trial ended; only `completed` trials have samples that comparisons use.
public enum TrialOutcome: String, Sendable, Codable, CaseIterable {
    /// Measured to its end.
    case completed
    /// Ended with an error.
    case failed
    /// Not done at its deadline.
    case timedOut
    /// Not started, because something that it needs is missing here.
    case skipped
    /// Measured, but the state that was to be measured was not what it had to be.
    case invalid
}
