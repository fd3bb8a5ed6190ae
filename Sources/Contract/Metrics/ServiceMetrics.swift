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
    public static let percentiles: [(name: String, percentage: Double)] = [
        ("p01", 1), ("p50", 50), ("p90", 90), ("p99", 99), ("p999", 99.9),
    ]

    /// The name of a cost of an operation, such as `add_one_visible`.
    public static func name(_ operation: Operation, _ cost: Cost) -> String {
        "\(operation.rawValue)_\(cost.rawValue)"
    }

    /// The name of new connections to services at a position: the histogram's, and with a percentile a sample's.
    public static func connect(_ position: ServicePosition, _ percentile: String? = nil) -> String {
        name("connect", position, percentile)
    }

    /// The name of first datagrams to services at a position.
    public static func datagram(_ position: ServicePosition, _ percentile: String? = nil) -> String {
        name("udp_first_packet", position, percentile)
    }

    /// The name of the rules that a new connection to services at a position is compared with.
    public static func rules(_ position: ServicePosition) -> String {
        "rules_traversed_\(position.rawValue)"
    }

    private static func name(
        _ what: String,
        _ position: ServicePosition,
        _ percentile: String?
    ) -> String {
        ["\(what)_\(position.rawValue)", percentile].compactMap(\.self).joined(separator: "_")
    }

    /// Round trips on a connection that is there.
    public static let establishedP50 = metric(
        "established_p50", "s", "round trip on a connection that is there, median", relevant: 0.05, judged: true)
    /// Round trips on a connection that is there.
    public static let establishedP99 = metric(
        "established_p99", "s", "round trip on a connection that is there, 99th percentile")
    /// Connections with one request each, per second.
    public static let connectionRate = metric(
        "connection_rate", "1/s", "connections with one request each, per second", better: .higher, relevant: 0.10,
        judged: true)
    /// The probability that endpoints which are equally likely would be hit at least as unevenly.
    public static let fairness = metric(
        "endpoint_fairness", "p", "chi-square test of even distribution over endpoints, p-value", better: .neither)
    /// Entries of the connection tracker at the end of the data path.
    public static let conntrackEntries = metric(
        "conntrack_entries", "count", "entries of the connection tracker", better: .neither)
    /// Connections that found no working endpoint.
    public static let churnFailedShare = metric(
        "churn_failed_share", "ratio", "share of connections that failed while endpoints changed", relevant: 0.25,
        judged: true)
    /// New connections while endpoints changed.
    public static let churnConnectP50 = metric(
        "churn_connect_p50", "s", "new connection while endpoints changed, median")
    /// New connections while endpoints changed.
    public static let churnConnectP99 = metric(
        "churn_connect_p99", "s", "new connection while endpoints changed, 99th percentile")
    /// Packets that went to endpoints that were dead already.
    public static let churnDeadPackets = metric(
        "churn_dead_packets", "count", "packets to dead endpoints while endpoints changed")
    /// Changes that were carried out.
    public static let churnChanges = metric(
        "churn_changes", "count", "endpoints that were replaced", better: .higher)
    /// From the death of an endpoint until the tool returned from replacing it.
    public static let churnReturned = metric(
        "churn_returned_p50", "s", "time from an endpoint's death until the tool returned, median")
    /// From the death of an endpoint until its successor answered.
    public static let churnVisible = metric(
        "churn_visible_p50", "s", "time from an endpoint's death until its successor answered, median")
    /// Chains, rules, elements and the like that were read back.
    public static let objects = metric(
        "objects", "count", "objects that were read back from the kernel", better: .neither)
    /// How long it takes to take everything out.
    public static let removeWall = metric("remove_wall", "s", "time until everything was taken out")

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
                name(operation, cost),
                cost.unit,
                "\(operation.words): \(cost.words)",
                relevant: 0.10,
                judged: cost == .wall && operation != .readBack || cost == .visible && operation != .program
            )
        }
    }

    private static let connections: [Metric] = ServicePosition.allCases.flatMap { position in
        let rules = metric(
            rules(position), "count", "rules that a new connection is compared with, position \(position.rawValue)")
        return percentiles.flatMap { percentiles(at: position, $0.name) } + [rules]
    }

    private static func percentiles(at position: ServicePosition, _ name: String) -> [Metric] {
        let place = "position \(position.rawValue), \(name)"
        let connection = metric(
            connect(position, name), "s", "new connection to a service, \(place)",
            relevant: name == "p50" ? 0.05 : 0.25, judged: ["p50", "p99"].contains(name)
        )
        return [connection, metric(datagram(position, name), "s", "first datagram to a service, \(place)")]
    }

    private static func metric(
        _ name: String,
        _ unit: String,
        _ description: String,
        better: Direction = .lower,
        relevant: Double = 0.05,
        judged: Bool = false
    ) -> Metric {
        Metric(
            name: name,
            unit: unit,
            better: better,
            description: description,
            minimumRelevantChange: relevant,
            judged: judged
        )
    }
}
