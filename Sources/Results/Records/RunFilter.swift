/// Which runs to list; what is `nil` or empty does not restrict.
public struct RunFilter: Sendable, Hashable {
    /// Only runs of this kind.
    public var kind: String?
    /// Only runs of a resource with this name.
    public var name: String?
    /// Only runs that stand or ended like this.
    public var outcome: RunOutcome?
    /// Only runs that carry all of these labels.
    public var labels: [String: String]
    /// Only steps of the run with this id.
    public var parent: String?
    /// At most this many, the latest ones.
    public var limit: Int?

    /// Makes a filter; without arguments it matches every run.
    public init(
        kind: String? = nil,
        name: String? = nil,
        outcome: RunOutcome? = nil,
        labels: [String: String] = [:],
        parent: String? = nil,
        limit: Int? = nil
    ) {
        self.kind = kind
        self.name = name
        self.outcome = outcome
        self.labels = labels
        self.parent = parent
        self.limit = limit
    }
}
