/// What conditions say of their effect.
public enum ConditionMetrics {
    /// Processors that a load has kept busy, on average.
    public static let processorLoad = Metric(
        MetricID("processor_load", of: "condition"),
        unit: "count",
        better: .neither,
        description: "processors that the load kept busy, on average"
    )

    /// Every metric, each name once.
    public static let all = [processorLoad]
}
