/// One execution of a resource: a row of `runs`.
public struct RunRecord: Sendable, Hashable {
    /// A `SortableID`; letters, digits, `.`, `_` and `-`.
    public var id: String
    /// The kind of the resource, for example `CNIPerformance`.
    public var kind: String
    /// The name of the resource.
    public var name: String
    /// Where it ran: `local` or `kubernetes`.
    public var testbed: String
    /// What the random order was drawn from.
    ///
    /// Stored as decimal text, because SQLite's integers are signed.
    public var seed: UInt64
    /// When the run began.
    public var startedAt: Timestamp
    /// When the run ended; `nil` while it is running, and for ever when its process was killed.
    public var endedAt: Timestamp?
    /// How the run stands or ended.
    public var outcome: RunOutcome
    /// The whole resource as JSON.
    public var resource: String
    /// Which factor is compared, with which baseline, and all factors with their levels in order, as JSON.
    public var design: String
    /// The version of the program that ran it.
    public var toolVersion: String
    /// What a person attached to the run to find it again.
    public var labels: [String: String]
    /// The run that it is a step of; `nil` for a run of its own.
    public var parent: RunParent?

    /// Makes a run that is about to begin, or (with `endedAt` and `outcome`) one that has ended.
    public init(
        id: String = SortableID.make(),
        kind: String,
        name: String,
        testbed: String,
        seed: UInt64,
        startedAt: Timestamp = .now(),
        endedAt: Timestamp? = nil,
        outcome: RunOutcome = .running,
        resource: String = "{}",
        design: String = "{}",
        toolVersion: String,
        labels: [String: String] = [:],
        parent: RunParent? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.testbed = testbed
        self.seed = seed
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.outcome = outcome
        self.resource = resource
        self.design = design
        self.toolVersion = toolVersion
        self.labels = labels
        self.parent = parent
    }
}
