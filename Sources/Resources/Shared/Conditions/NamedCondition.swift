public import Contract

/// What is changed while trials run, under a name: a level of the factor `condition`.
///
/// One that changes nothing is the undisturbed case that the others are looked at beside.
public struct NamedCondition: Sendable, Hashable {
    /// At which end of a test something is changed.
    public enum End: String, Sendable, Hashable, CaseIterable {
        /// Where the client stands.
        case client
        /// Where the server stands.
        case server
        /// At both: what is asked for happens twice to a packet and its answer.
        case both
    }

    /// The level's name.
    public var name: String
    /// What the links there do to packets; nil leaves them alone.
    public var impairment: LinkImpairment?
    /// Which way packets go that are changed.
    public var direction: ShapingDirection
    /// Packets that are changed; empty for all of them.
    public var filters: [TrafficFilter]
    /// Packets that are left alone in any case.
    public var exempt: [TrafficFilter]
    /// Where links are changed.
    public var end: End
    /// Processors that are kept busy, where any are.
    public var processors: Int?

    /// A condition; without an impairment and processors nothing is changed.
    public init(
        name: String,
        impairment: LinkImpairment? = nil,
        direction: ShapingDirection = .egress,
        filters: [TrafficFilter] = [],
        exempt: [TrafficFilter] = [],
        end: End = .client,
        processors: Int? = nil
    ) {
        self.name = name
        self.impairment = impairment
        self.direction = direction
        self.filters = filters
        self.exempt = exempt
        self.end = end
        self.processors = processors
    }

    /// What is done to the link at an end, or nil.
    public var shaping: LinkShaping? {
        impairment.map { LinkShaping($0, direction: direction, filters: filters, exempt: exempt) }
    }
}
