import Contract
import Statistics

/// One published number as a point beside a curve.
struct PublishedPoint: Sendable, Equatable {
    let source: PublishedLatency
    /// Seconds.
    let value: Double

    /// The points that a metric of this run has a counterpart of.
    static func all(_ model: ReportModel, metric: Metric) -> [PublishedPoint] {
        guard let percentile = metric.id.percentile, metric.unit == "s" else { return [] }
        return PublishedLatency.matching(model, metric.id).compactMap { published in
            published.percentiles[percentile].map { PublishedPoint(source: published, value: $0) }
        }
    }
}
