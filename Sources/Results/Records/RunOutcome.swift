/// How a run stands or ended.
public enum RunOutcome: String, Sendable, Codable, CaseIterable {
    /// Begun and not ended: in progress, or its process died.
    case running
    /// Every trial was executed and completed.
    case completed
    /// Ended by a signal or a person before the plan was done.
    case interrupted
    /// Ended by an error of the run itself, not of one trial.
    case failed
    /// The plan was carried out, but at least one trial did not complete.
    case trialsFailed
}
