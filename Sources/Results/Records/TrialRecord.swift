public import Contract

/// One timed execution of one variant: a row of `trials`.
public struct TrialRecord: Sendable, Hashable, Codable {
    /// A `SortableID`.
    public var id: String
    /// The run that it belongs to.
    public var runID: String
    /// The key of the variant, for example `network=bridge path=same-node test=rr`.
    public var variant: String
    /// The level of every factor.
    public var factors: [String: String]
    /// Which pass over all variants it was part of, from 0.
    public var block: Int
    /// Its place within the block, from 0.
    public var position: Int
    /// When it began.
    public var startedAt: Timestamp
    /// When it ended.
    public var endedAt: Timestamp
    /// How it ended.
    public var outcome: TrialOutcome
    /// Why it did not complete; `nil` when it did.
    public var reason: String?

    /// Makes a trial that has ended: there are no rows for trials under way.
    public init(
        id: String = SortableID.make(),
        runID: String,
        variant: String,
        factors: [String: String],
        block: Int,
        position: Int,
        startedAt: Timestamp,
        endedAt: Timestamp,
        outcome: TrialOutcome,
        reason: String? = nil
    ) {
        self.id = id
        self.runID = runID
        self.variant = variant
        self.factors = factors
        self.block = block
        self.position = position
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.outcome = outcome
        self.reason = reason
    }
}
