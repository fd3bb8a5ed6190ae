public import Testbed

/// What one trial is run with.
public struct TrialContext: Sendable {
    /// Where it runs.
    public let testbed: any Testbed
    /// What every random choice in the trial comes from: worked out from the run's seed, the block and the variant
    /// alone.
    public let seed: UInt64
    /// The pass over all variants that it belongs to, from 1.
    public let block: Int
    /// How long it may take.
    public let deadline: Duration
    /// When it began: what the times of spans and series count from.
    public let start: ContinuousClock.Instant
    /// What it says while it runs, and is told.
    public let signals: TrialSignals

    /// The context of a trial that begins now.
    public init(
        testbed: any Testbed, seed: UInt64, block: Int, deadline: Duration, start: ContinuousClock.Instant = .now,
        signals: TrialSignals = TrialSignals()
    ) {
        self.testbed = testbed
        self.seed = seed
        self.block = block
        self.deadline = deadline
        self.start = start
        self.signals = signals
    }
}
