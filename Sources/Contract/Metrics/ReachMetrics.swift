/// What checks of connectivity measure.
public enum ReachMetrics {
    /// Whether the target was reached.
    public static let reached = Metric(
        MetricID("reached"), unit: "ratio", better: .higher, description: "1 where the right answer came, 0 where not"
    )
    /// Attempts without an answer.
    public static let loss = Metric(
        MetricID("loss", of: "reach"), unit: "ratio", better: .lower,
        description: "part of the attempts that had no right answer in time"
    )
    /// Times until the answer.
    public static let rttMinimum = rtt(0, "shortest time from an attempt to its answer")
    /// Times until the answer.
    public static let rttP50 = rtt(50, "median time from an attempt to its answer")
    /// Times until the answer.
    public static let rttMaximum = rtt(100, "longest time from an attempt to its answer")
    /// How much the times differ.
    public static let jitter = Metric(
        MetricID("rtt_jitter"), unit: "s", better: .lower,
        description: "smoothed difference between neighbouring times to the answer (RFC 3550)"
    )
    /// The largest packet that passes.
    public static let pathMTU = Metric(
        name: "path_mtu", unit: "B", better: .higher, description: "bytes of the largest packet that passes whole",
        judged: false
    )

    /// How long it took until what was expected held.
    public static let convergedAfter = Metric(
        MetricID("converged_after"), unit: "s", better: .lower,
        description: "time from the first attempt until what was expected held; censored where it never did"
    )

    /// The steps of a request by HTTP.
    public static let httpLookup = http("lookup", "until the name of the target was known")
    /// The steps of a request by HTTP.
    public static let httpConnect = http("connect", "from there until the connection stood")
    /// The steps of a request by HTTP.
    public static let httpTLS = http("tls", "from there until TLS stood")
    /// The steps of a request by HTTP.
    public static let httpFirstByte = http("first_byte", "from there until the first byte of the answer")
    /// The steps of a request by HTTP.
    public static let httpTotal = http("total", "all of it, until the answer was read")

    /// Every metric, each name once.
    public static let all =
        [reached, loss, rttMinimum, rttP50, rttMaximum, jitter, pathMTU, convergedAfter]
        + [httpLookup, httpConnect, httpTLS, httpFirstByte, httpTotal]

    private static func http(_ step: String, _ description: String) -> Metric {
        Metric(
            MetricID("http_\(step)"), unit: "s", better: .lower,
            description: "request by HTTP, median time \(description)", judged: false)
    }

    private static func rtt(_ percentile: Double, _ description: String) -> Metric {
        Metric(
            MetricID("rtt", percentile: percentile), unit: "s", better: .lower, description: description,
            judged: false)
    }
}
