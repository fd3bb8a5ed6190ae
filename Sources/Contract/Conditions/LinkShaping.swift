/// Makes the link behind one interface worse, for some or all of its packets.
public struct LinkShaping: Condition, Hashable {
    /// The word in a plan.
    public static let kind = "linkShaping"

    /// What is done to packets.
    public var impairment: LinkImpairment
    /// Which way they go.
    public var direction: ShapingDirection
    /// The interface in the namespace of the agent.
    public var interface: String
    /// Which packets, one filter or another; none for all of them.
    public var filters: [TrafficFilter]
    /// Packets that are left alone whatever the filters say, such as those of a control path.
    public var exempt: [TrafficFilter]
    /// Whether a queueing discipline that somebody else gave the interface is replaced, and put back afterwards.
    public var replacesForeign: Bool

    /// A shaping of all packets that leave by `eth0`, unless said otherwise.
    public init(
        _ impairment: LinkImpairment,
        direction: ShapingDirection = .egress,
        interface: String = "eth0",
        filters: [TrafficFilter] = [],
        exempt: [TrafficFilter] = [],
        replacesForeign: Bool = false
    ) {
        self.impairment = impairment
        self.direction = direction
        self.interface = interface
        self.filters = filters
        self.exempt = exempt
        self.replacesForeign = replacesForeign
    }

    /// Such as `10ms delay, 1% loss on egress of eth0`.
    public var words: String {
        let way = direction == .both ? "both directions" : direction.rawValue
        var words = "\(impairment.words) on \(way) of \(interface)"
        if !filters.isEmpty { words += " for \(filters.map(\.words).joined(separator: ", "))" }
        if !exempt.isEmpty { words += " but for \(exempt.map(\.words).joined(separator: ", "))" }
        return words
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try impairment.validate(at: "probe.impairment")
        try InterfaceName.validate(interface, at: "probe.interface")
        try TrafficFilter.validate(filters, exempt: exempt)
    }
}
