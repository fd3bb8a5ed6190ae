import Contract
import Statistics

/// One published number as a point beside a curve.
struct PublishedPoint: Sendable, Equatable {
    let source: PublishedLatency
    /// Seconds.
    let value: Double

    /// The points that a metric of this run has a counterpart of, for example `connect_random_p99`.
    static func all(_ model: ReportModel, metric: Metric) -> [PublishedPoint] {
        let name = MetricName(metric.name)
        guard let rank = name.rank, metric.unit == "s" else { return [] }
        return PublishedLatency.matching(model, stem: name.stem).compactMap { published in
            published.percentiles[rank].map { PublishedPoint(source: published, value: $0) }
        }
    }
}
