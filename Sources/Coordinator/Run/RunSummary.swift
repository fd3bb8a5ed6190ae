public import Testbed

/// How a run ended.
public struct RunSummary: Sendable, Equatable {
    /// The run's id in the store.
    public var runID: String
    /// Trials with a measurement.
    public var completed = 0
    /// Trials without one, by outcome.
    public var failures: [String: Int] = [:]
    /// The signal that ended it early, if one did.
    public var interruption: String?
    /// Why something of the run could not be removed, if so; the results are good all the same.
    public var leftBehind: TestbedError?

    /// Trials that should have had a measurement and have none.
    public var failed: Int { failures.filter { $0.key != "skipped" }.values.reduce(0, +) }

    /// Whether all trials were skipped, so that there is nothing to compare, to show or to gate by.
    public var isEmpty: Bool { completed == 0 && failed == 0 && !failures.isEmpty }
}
