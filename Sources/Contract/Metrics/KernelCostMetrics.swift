/// What a trial of a network cost the kernel, by its own counters; recorded and not judged.
///
/// Counters of the machine tell of all that happens on it: on a quiet one, of the trial.
public enum KernelCostMetrics {
    /// Time in which processors of the client's machine worked off packets and timers (`softirq` of `/proc/stat`).
    ///
    /// A kernel that counts by ticks books it on the process that it interrupts, too: it is not added to processes' time.
    public static let softirq = metric(
        MetricID("softirq_cpu"), "s", "time of the machine's processors in soft interrupts")
    /// The same for a GiB of payload.
    public static let softirqPerGibibyte = metric(
        MetricID("softirq_cpu_per_gibibyte"), "s/GiB", "soft interrupts' time of the machine per GiB")
    /// The same for 1,000 transactions.
    public static let softirqPerKilotransaction = metric(
        MetricID("softirq_cpu_per_kilotransaction"), "s", "soft interrupts' time of the machine per 1,000 transactions")
    /// Packets that processors of the client's machine dropped for a full backlog.
    public static let softnetDropped = metric(
        MetricID("softnet_dropped"), "count", "packets that the machine's processors dropped for a full backlog")
    /// Times that a processor of the client's machine stopped taking packets because its share was used up.
    public static let softnetSqueezed = metric(
        MetricID("softnet_squeezed"), "count", "times that a processor's share of time for packets ran out")

    /// TCP segments that the namespace of an end sent again.
    public static func retransmits(at end: CostWindow.End) -> Metric {
        metric(MetricID("retransmits", at: end.rawValue), "count", "TCP segments that the \(end.rawValue) sent again")
    }

    /// Packets that interfaces in the namespace of an end dropped or found broken, of both directions.
    public static func interfaceDrops(at end: CostWindow.End) -> Metric {
        metric(
            MetricID("interface_drops", at: end.rawValue), "count",
            "packets that interfaces at the \(end.rawValue) dropped or found broken")
    }

    /// Entries of the connection tracker in the namespace of an end when the trial had ended.
    public static func conntrackEntries(at end: CostWindow.End) -> Metric {
        metric(
            MetricID("conntrack_entries", at: end.rawValue), "count",
            "connections tracked at the \(end.rawValue) when the trial had ended")
    }

    /// Every metric, each name once.
    public static let all =
        [softirq, softirqPerGibibyte, softirqPerKilotransaction, softnetDropped, softnetSqueezed]
        + CostWindow.End.allCases.flatMap { [retransmits(at: $0), interfaceDrops(at: $0), conntrackEntries(at: $0)] }

    private static func metric(_ id: MetricID, _ unit: String, _ description: String) -> Metric {
        Metric(id, unit: unit, better: .lower, description: description)
    }
}
