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

    /// Every metric, each name once.
    public static let all =
        [processorLoad] + Moment.allCases.map(roundTrip)
        + [ShapingDirection.egress, .ingress].flatMap { [shapedPackets($0), shapedDrops($0)] }
}
