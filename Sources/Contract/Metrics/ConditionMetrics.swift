/// What conditions say of their effect.
public enum ConditionMetrics {
    /// Processors that a load has kept busy, on average.
    public static let processorLoad = Metric(
        MetricID("processor_load", of: "condition"),
        unit: "count",
        better: .neither,
        description: "processors that the load kept busy, on average"
    )

    /// Packets that left a shaped queue, copies among them, at a direction.
    public static func shapedPackets(_ direction: ShapingDirection) -> Metric {
        Metric(
            MetricID("packets", of: "shaping", at: direction.rawValue),
            unit: "count",
            better: .neither,
            description: "packets that left the shaped queue on \(direction.rawValue), copies among them"
        )
    }

    /// Packets that a shaped queue lost, on purpose or for lack of room, at a direction.
    public static func shapedDrops(_ direction: ShapingDirection) -> Metric {
        Metric(
            MetricID("drops", of: "shaping", at: direction.rawValue),
            unit: "count",
            better: .neither,
            description: "packets that the shaped queue lost on \(direction.rawValue), on purpose or for lack of room"
        )
    }

    /// When a round trip between the ends of a shaped link was taken.
    public enum Moment: String, CaseIterable, Sendable {
        case before
        case during
        case after
    }

    /// A round trip between the ends of a shaped link, by which its effect is proven.
    public static func roundTrip(_ moment: Moment) -> Metric {
        Metric(
            MetricID("round_trip", of: "shaping", at: moment.rawValue),
            unit: "s",
            better: .neither,
            description: "median round trip between the ends of the shaped link \(moment.rawValue) the shaping"
        )
    }

    /// Packets that a cut kept from going on.
    public static let cutPackets = Metric(
        MetricID("packets", of: "cut"),
        unit: "count",
        better: .neither,
        description: "packets that the cut kept from going on"
    )

    /// Connections that the tracker was told of until it was full.
    public static let trackerEntries = Metric(
        MetricID("entries", of: "conntrack_fill"),
        unit: "count",
        better: .neither,
        description: "connections that the tracker was filled with"
    )

    /// How long filling the connection tracker took.
    public static let trackerFill = Metric(
        MetricID("wall", of: "conntrack_fill"),
        unit: "s",
        better: .neither,
        description: "time until the connection tracker was full"
    )

    /// Packets that the full tracker dropped.
    public static let trackerDrops = Metric(
        MetricID("drops", of: "conntrack_fill"),
        unit: "count",
        better: .neither,
        description: "packets of new connections that the full connection tracker dropped"
    )

    /// What is measured between the ends of a link that a condition changes, beside round trips.
    public enum PathQuantity: String, CaseIterable, Sendable {
        /// The share of requests without a whole answer.
        case spoiled
        /// The share of requests that came back more than once.
        case duplicated
        /// The share of requests whose answer overtook that of an earlier one.
        case overtaking
        /// How fast packets came, with their Ethernet headers.
        case rate
    }

    /// A quantity between the ends of a link at a moment.
    public static func path(_ quantity: PathQuantity, _ moment: Moment) -> Metric {
        let words =
            switch quantity {
            case .spoiled: "share of requests without a whole answer"
            case .duplicated: "share of requests that came back more than once"
            case .overtaking: "share of requests whose answer overtook that of an earlier one"
            case .rate: "packets that came back per second, with their Ethernet headers,"
            }
        return Metric(
            MetricID(quantity.rawValue, of: "path", at: moment.rawValue),
            unit: quantity == .rate ? "bit/s" : "ratio",
            better: .neither,
            description: "\(words) between the ends of the changed link \(moment.rawValue) the condition"
        )
    }

    /// Every metric, each name once.
    public static let all =
        [processorLoad, cutPackets, trackerEntries, trackerFill, trackerDrops] + Moment.allCases.map(roundTrip)
        + PathQuantity.allCases.flatMap { quantity in Moment.allCases.map { path(quantity, $0) } }
        + [ShapingDirection.egress, .ingress].flatMap { [shapedPackets($0), shapedDrops($0)] }
}
