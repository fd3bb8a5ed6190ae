import Contract

/// The times and sizes that explain an operation and do not answer for it: nobody judges their subject.
struct PartialCosts {
    private let judged: Set<String>

    /// Those among the metrics of a run.
    init(_ metrics: [Metric]) {
        judged = Set(metrics.filter { $0.judged && Self.isOfOperation($0) }.map(\.id.subject))
    }

    /// Whether a metric is one of them.
    func contains(_ metric: Metric) -> Bool {
        metric.better == .lower && ["s", "B"].contains(metric.unit) && Self.isOfOperation(metric)
            && !judged.contains(metric.id.subject)
    }

    private static func isOfOperation(_ metric: Metric) -> Bool {
        metric.id.operation != nil && metric.id.percentile == nil && metric.id.position == nil
    }
}
