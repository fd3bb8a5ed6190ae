/// What operations on pods are measured by.
public enum CNIMetrics {
    /// The operations that have a latency each.
    public enum Operation: String, Sendable, CaseIterable {
        case add, check, delete
        /// Asked of the network and not of a pod, from version 1.1.0 of the specification on.
        case status
        /// The same; with all pods that are there as those to keep.
        case collectGarbage = "gc"

        /// What the specification calls it.
        public var command: String { self == .delete ? "DEL" : rawValue.uppercased() }

        /// The operation with its object, for people.
        public var words: String {
            switch self {
            case .add, .check, .delete: "\(command) of one pod"
            case .status: "STATUS of the network"
            case .collectGarbage: "GC of the network"
            }
        }
    }

    /// The metric of one operation with a suffix, such as `add_latency_p50`.
    public static func name(_ operation: Operation, _ suffix: String) -> String { "\(operation.rawValue)_\(suffix)" }

    /// From ADD's return until a packet came through and back; the histogram is of this name, in nanoseconds.
    public static let firstPacket = plain(
        MetricID("first_packet"), "s", .lower, "from ADD's return to the first packet through")
    /// Its median.
    public static let firstPacketP50 = judged(
        MetricID("first_packet", percentile: 50), "s", .lower, 0.10,
        "from ADD's return to the first packet through, median")
    /// Its 99th percentile.
    public static let firstPacketP99 = plain(
        MetricID("first_packet", percentile: 99), "s", .lower,
        "from ADD's return to the first packet through, 99th percentile")
    /// Pods that came up per second: namespace, ADD and first packet.
    public static let podsPerSecond = plain(
        MetricID("pods_per_second"), "1/s", .higher, "pods that came up per second, namespace and first packet included"
    )
    /// Pods per second while the pods came up that only have to be there.
    public static let fillRate = plain(
        MetricID("rate", of: "fill"), "1/s", .higher, "pods per second while the standing pods came up, four at a time")
    /// Pods per second while they went.
    public static let drainRate = plain(
        MetricID("rate", of: "drain"), "1/s", .higher,
        "pods per second while the standing pods were deleted, four at a time")
    /// From the first DEL to the last ADD's return.
    public static let stormDuration = judged(
        MetricID("duration", of: "storm"), "s", .lower, 0.10,
        "from the first DEL of all pods to the return of the last ADD")
    /// Pods deleted and added per second in a restart storm.
    public static let stormRate = plain(
        MetricID("rate", of: "storm"), "1/s", .higher, "pods deleted and added again per second")
    /// Addresses that could be had of a /28.
    public static let usableAddresses = plain(
        MetricID("usable_addresses"), "count", .higher, "pods that a range of 16 addresses had room for")
    /// How long the ADD took that found no address.
    public static let refusalLatency = plain(
        MetricID("refusal_latency"), "s", .lower, "ADD that is refused because no address is left")
    /// The largest resident set of one plugin process.
    public static let peakMemory = plain(
        MetricID("peak_memory", of: "plugin"), "B", .lower,
        "largest resident set of a process in an ADD, polled, the most of three")
    /// Processes that one ADD starts, the most of three.
    public static let processes = plain(
        MetricID("processes", of: "plugin"), "count", .lower, "processes that one ADD starts")

    /// Checks of conformance that a network did not pass.
    public static let deviations = plain(
        MetricID("deviations"), "count", .lower, "checks in which the plugins do otherwise than the specification says")

    /// Every metric, each name once.
    public static let all: [Metric] =
        Operation.allCases.flatMap(metrics) + [
            firstPacket, firstPacketP50, firstPacketP99, podsPerSecond, fillRate, drainRate, stormDuration, stormRate,
            usableAddresses, refusalLatency, peakMemory, processes, deviations,
        ]

    private static func metrics(of operation: Operation) -> [Metric] {
        let words = operation.words
        return [
            plain(latency(operation), "s", .lower, words),
            median(of: operation, "\(words), median"),
            plain(latency(operation, 90), "s", .lower, "\(words), 90th percentile"),
            plain(latency(operation, 99), "s", .lower, "\(words), 99th percentile"),
            plain(MetricID("cpu", of: operation.rawValue), "s", .lower, "processor time of \(words)"),
        ]
    }

    /// Only ADD and DEL are judged: every question more makes Holm's correction stricter for the others.
    private static func median(of operation: Operation, _ description: String) -> Metric {
        let id = latency(operation, 50)
        return operation == .add || operation == .delete
            ? judged(id, "s", .lower, 0.05, description) : plain(id, "s", .lower, description)
    }

    private static func latency(_ operation: Operation, _ percentile: Double? = nil) -> MetricID {
        MetricID("latency", of: operation.rawValue, percentile: percentile)
    }

    private static func judged(
        _ id: MetricID, _ unit: String, _ better: Direction, _ change: Double, _ description: String
    ) -> Metric {
        Metric(
            id, unit: unit, better: better, description: description, minimumRelevantChange: change,
            judged: true
        )
    }

    private static func plain(_ id: MetricID, _ unit: String, _ better: Direction, _ description: String) -> Metric {
        Metric(
            id, unit: unit, better: better, description: description, minimumRelevantChange: 0.05,
            judged: false
        )
    }
}
