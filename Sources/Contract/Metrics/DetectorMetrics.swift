/// What a watch of a network measures.
public enum DetectorMetrics {
    /// Attempts.
    public static let checks = Metric(
        name: "watch_checks", unit: "count", better: .higher, description: "attempts of all checks", judged: false)
    /// Attempts without an answer.
    public static let failures = Metric(
        name: "watch_failures", unit: "ratio", better: .lower,
        description: "part of all attempts that had no right answer in time", judged: false)
    /// Round trips.
    public static let rttP50 = Metric(
        MetricID("watch_rtt", percentile: 50), unit: "s", better: .lower,
        description: "median round trip of small datagrams, without what agents take")
    /// Round trips.
    public static let rttP99 = Metric(
        MetricID("watch_rtt", percentile: 99), unit: "s", better: .lower,
        description: "99th percentile of the round trips of small datagrams, without what agents take")
    /// Findings.
    public static let findings = Metric(
        name: "watch_findings", unit: "count", better: .lower, description: "what was found to be wrong", judged: false)
    /// From the first to the certain window.
    public static let delay = Metric(
        name: "watch_delay", unit: "s", better: .lower,
        description: "from the beginning of the first window that shows a finding until it is certain, the longest",
        judged: false)
    /// Processor time of agents.
    public static let processor = Metric(
        MetricID("cpu", at: "agent"), unit: "ratio", better: .lower,
        description: "processors that an agent keeps busy, the mean of all", judged: false)
    /// Memory of agents.
    public static let memory = Metric(
        name: "agent_memory", unit: "B", better: .lower, description: "resident memory of an agent, the largest",
        judged: false)
    /// Lateness of agents.
    public static let lateness = Metric(
        name: "agent_lateness", unit: "s", better: .lower,
        description: "the latest that an agent began an attempt", judged: false)
    /// Processor time of the analysis.
    public static let analysis = Metric(
        name: "analysis_time", unit: "s", better: .lower, description: "time to analyse one window, the mean",
        judged: false)

    /// Every metric, each name once.
    public static let all = [
        checks, failures, rttP50, rttP99, findings, delay, processor, memory, lateness, analysis,
    ]
}
