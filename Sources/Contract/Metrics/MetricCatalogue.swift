/// All catalogues together.
public enum MetricCatalogue {
    /// Every metric of every catalogue, each name once.
    public static let all =
        ProbeMetrics.all + CNIMetrics.all + ServiceMetrics.all + ConditionMetrics.all + ReachMetrics.all
        + DetectorMetrics.all + KernelCostMetrics.all

    private static let known = Dictionary(all.map { ($0.name, $0.id) }) { first, _ in first }

    /// What the metric of a stored name measures, for records that are older than identities.
    ///
    /// A name of no catalogue is its own subject. A name that a catalogue gives up has to stay known here.
    public static func id(of name: String) -> MetricID { known[name] ?? MetricID(name) }
}
