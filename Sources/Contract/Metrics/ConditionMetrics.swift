/// What conditions say of their effect.
public enum ConditionMetrics {
    /// Processors that a load has kept busy, on average.
    public static let processorLoad = Metric(
        name: "condition_processor_load",
        unit: "count",
        better: .neither,
        description: "processors that the load kept busy, on average",
        judged: false
    )

    /// Every metric, each name once.
    public static let all = [processorLoad]
}
