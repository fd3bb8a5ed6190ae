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
    /// What becomes of packets that are kept from going on; nil lets them go.
    public var block: TrafficCut.Answer?
    /// Packets with more bytes than this vanish without a word; nil for none.
    public var blackHoleAbove: Int?
    /// Whether queries to name servers vanish.
    public var isDNSDead: Bool
    /// Whether the link is down.
    public var isLinkDown: Bool
    /// Whether the connection tracker is full.
    public var isConntrackFull: Bool
    /// Offloads that are turned on or off there, by name; empty leaves them as they are.
    public var offloads: [String: Bool]

    /// A condition; without an impairment and processors nothing is changed.
    public init(
        name: String,
        impairment: LinkImpairment? = nil,
        direction: ShapingDirection = .egress,
        filters: [TrafficFilter] = [],
        exempt: [TrafficFilter] = [],
        end: End = .client,
        processors: Int? = nil,
        block: TrafficCut.Answer? = nil,
        blackHoleAbove: Int? = nil,
        isDNSDead: Bool = false,
        isLinkDown: Bool = false,
        isConntrackFull: Bool = false,
        offloads: [String: Bool] = [:]
    ) {
        self.name = name
        self.impairment = impairment
        self.direction = direction
        self.filters = filters
        self.exempt = exempt
        self.end = end
        self.processors = processors
        self.block = block
        self.blackHoleAbove = blackHoleAbove
        self.isDNSDead = isDNSDead
        self.isLinkDown = isLinkDown
        self.isConntrackFull = isConntrackFull
        self.offloads = offloads
    }

    /// What is done to the link at an end, or nil.
    public var shaping: LinkShaping? {
        impairment.map { LinkShaping($0, direction: direction, filters: filters, exempt: exempt) }
    }

    /// All that is done to the link at an end, in the order in which it is applied.
    public var linkConditions: [any Condition] { linkConditions(on: "eth0", filters: filters, exempt: exempt) }

    /// The same on another interface, for other packets.
    public func linkConditions(
        on interface: String, filters: [TrafficFilter], exempt: [TrafficFilter], replacesForeign: Bool = false
    ) -> [any Condition] {
        func cut(_ answer: TrafficCut.Answer, above: Int? = nil) -> TrafficCut {
            TrafficCut(
                answer, direction: direction, interface: interface, filters: filters, exempt: exempt, above: above)
        }
        let conditions: [(any Condition)?] = [
            offloads.isEmpty ? nil : Offloads(offloads, interface: interface),
            impairment.map {
                LinkShaping(
                    $0, direction: direction, interface: interface, filters: filters, exempt: exempt,
                    replacesForeign: replacesForeign)
            },
            block.map { cut($0) },
            blackHoleAbove.map { cut(.drop, above: $0) },
            isDNSDead ? TrafficCut.deadDNS(interface: interface) : nil,
            isLinkDown ? LinkDown(interface: interface) : nil,
            isConntrackFull ? ConntrackFull() : nil,
        ]
        return conditions.compactMap(\.self)
    }

    /// Whether links are changed by it.
    public var isAboutLinks: Bool { !linkConditions.isEmpty }
}
