/// What a service-proxy probe reports, by name; SI base units.
public enum ServiceMetrics {
    /// Something that is done to the services of a node.
    public enum Operation: String, Sendable, CaseIterable {
        case program
        case addOne = "add_one"
        case deleteOne = "delete_one"
        case changeEndpoint = "change_endpoint"
        case restart
        case readBack = "read_back"

        var words: String {
            switch self {
            case .program: "bringing all services in"
            case .addOne: "one more service"
            case .deleteOne: "one service less"
            case .changeEndpoint: "another endpoint for one service"
            case .restart: "all services once more"
            case .readBack: "reading everything back"
            }
        }
    }

    /// A part of the cost of an operation.
    public enum Cost: String, Sendable, CaseIterable {
        case wall
        case planner
        case loaderUser = "loader_user"
        case loaderSystem = "loader_system"
        case lockWait = "lock_wait"
        case visible
        case peakMemory = "peak_memory"
        case kernelMemory = "kernel_memory"
        case input

        var unit: String {
            switch self {
            case .wall, .planner, .loaderUser, .loaderSystem, .lockWait, .visible: "s"
            case .peakMemory, .kernelMemory, .input: "B"
            }
        }

        var words: String {
            switch self {
            case .wall: "time until the tool returned"
            case .planner: "time of the planner"
            case .loaderUser: "user time of the tool"
            case .loaderSystem: "system time of the tool"
            case .lockWait: "time until the lock was free"
            case .visible: "time from the start until a client sees it"
            case .peakMemory: "peak memory of the tool"
            case .kernelMemory: "growth of the kernel's memory"
            case .input: "what the tool was given"
            }
        }
    }

    /// Percentiles of new connections: what the name says, and the percentage.
    public static let percentiles: [(name: String, percentage: Double)] = [1, 50, 90, 99, 99.9].map {
        (MetricID.word(percentile: $0), $0)
    }

    /// The name of a cost of an operation, such as `add_one_visible`.
    public static func name(_ operation: Operation, _ cost: Cost) -> String {
        id(operation, cost).name
    }

    /// The text that a tool was given is no part of what the operation took, and stands for itself.
    private static func id(_ operation: Operation, _ cost: Cost) -> MetricID {
        cost == .input
            ? MetricID("\(operation.rawValue)_\(cost.rawValue)") : MetricID(cost.rawValue, of: operation.rawValue)
    }

    /// The name of new connections to services at a position: the histogram's, and with a percentile a sample's.
    public static func connect(_ position: ServicePosition, _ percentile: String? = nil) -> String {
        name(MetricID("connect", at: position.rawValue), percentile)
    }

    /// The name of first datagrams to services at a position.
    public static func datagram(_ position: ServicePosition, _ percentile: String? = nil) -> String {
        name(MetricID("udp_first_packet", at: position.rawValue), percentile)
    }

    /// The name of the rules that a new connection to services at a position is compared with.
    public static func rules(_ position: ServicePosition) -> String {
        MetricID("rules_traversed", at: position.rawValue).name
    }

    private static func name(_ id: MetricID, _ percentile: String?) -> String {
        [id.name, percentile].compactMap(\.self).joined(separator: "_")
    }

    /// Round trips on a connection that is there.
    public static let establishedP50 = metric(
        MetricID("established", percentile: 50), "s", "round trip on a connection that is there, median",
        relevant: 0.05, judged: true)
    /// Round trips on a connection that is there.
    public static let establishedP99 = metric(
        MetricID("established", percentile: 99), "s", "round trip on a connection that is there, 99th percentile")
    /// Connections with one request each, per second.
    public static let connectionRate = metric(
        MetricID("connection_rate"), "1/s", "connections with one request each, per second", better: .higher,
        relevant: 0.10,
        judged: true)
    /// The probability that endpoints which are equally likely would be hit at least as unevenly.
    public static let fairness = metric(
        MetricID("endpoint_fairness"), "p", "chi-square test of even distribution over endpoints, p-value",
        better: .neither)
    /// Entries of the connection tracker at the end of the data path.
    public static let conntrackEntries = metric(
        MetricID("conntrack_entries"), "count", "entries of the connection tracker", better: .neither)
    /// Connections that found no working endpoint.
    public static let churnFailedShare = metric(
        MetricID("failed_share", of: "churn"), "ratio", "share of connections that failed while endpoints changed",
        relevant: 0.25,
        judged: true)
    /// New connections while endpoints changed.
    public static let churnConnectP50 = metric(
        MetricID("connect", of: "churn", percentile: 50), "s", "new connection while endpoints changed, median")
    /// New connections while endpoints changed.
    public static let churnConnectP99 = metric(
        MetricID("connect", of: "churn", percentile: 99), "s", "new connection while endpoints changed, 99th percentile"
    )
    /// Packets that went to endpoints that were dead already.
    public static let churnDeadPackets = metric(
        MetricID("dead_packets", of: "churn"), "count", "packets to dead endpoints while endpoints changed")
    /// Changes that were carried out.
    public static let churnChanges = metric(
        MetricID("changes", of: "churn"), "count", "endpoints that were replaced", better: .higher)
    /// From the death of an endpoint until the tool returned from replacing it.
    public static let churnReturned = metric(
        MetricID("returned", of: "churn", percentile: 50), "s",
        "time from an endpoint's death until the tool returned, median")
    /// From the death of an endpoint until its successor answered.
    public static let churnVisible = metric(
        MetricID("visible", of: "churn", percentile: 50), "s",
        "time from an endpoint's death until its successor answered, median")
    /// Chains, rules, elements and the like that were read back.
    public static let objects = metric(
        MetricID("objects"), "count", "objects that were read back from the kernel", better: .neither)
    /// How long it takes to take everything out.
    public static let removeWall = metric(MetricID("wall", of: "remove"), "s", "time until everything was taken out")

    /// Every metric, each name once.
    public static let all: [Metric] =
        operations + connections + [
            establishedP50, establishedP99, connectionRate, fairness, conntrackEntries, churnFailedShare,
            churnConnectP50,
            churnConnectP99, churnDeadPackets, churnChanges, churnReturned, churnVisible, objects, removeWall,
        ]

    private static let operations: [Metric] = Operation.allCases.flatMap { operation in
        Cost.allCases.map { cost in
            metric(
                id(operation, cost),
                cost.unit,
                "\(operation.words): \(cost.words)",
                relevant: 0.10,
                judged: cost == .wall && operation != .readBack || cost == .visible && operation != .program
            )
        }
    }

    private static let connections: [Metric] = ServicePosition.allCases.flatMap { position in
        let rules = metric(
            MetricID("rules_traversed", at: position.rawValue), "count",
            "rules that a new connection is compared with, position \(position.rawValue)"
        )
        return percentiles.flatMap { percentiles(at: position, $0) } + [rules]
    }

    private static func percentiles(
        at position: ServicePosition,
        _ percentile: (name: String, percentage: Double)
    ) -> [Metric] {
        let place = "position \(position.rawValue), \(percentile.name)"
        func id(_ subject: String) -> MetricID {
            MetricID(subject, at: position.rawValue, percentile: percentile.percentage)
        }
        let connection = metric(
            id("connect"), "s", "new connection to a service, \(place)",
            relevant: percentile.percentage == 50 ? 0.05 : 0.25, judged: [50, 99].contains(percentile.percentage)
        )
        return [connection, metric(id("udp_first_packet"), "s", "first datagram to a service, \(place)")]
    }

    private static func metric(
        _ id: MetricID,
        _ unit: String,
        _ description: String,
        better: Direction = .lower,
        relevant: Double = 0.05,
        judged: Bool = false
    ) -> Metric {
        Metric(
            id,
            unit: unit,
            better: better,
            description: description,
            minimumRelevantChange: relevant,
            judged: judged
        )
    }
}
