/// Latencies that others published, to be drawn beside ours for their shape: they come from another machine.
public struct PublishedLatency: Sendable, Equatable {
    /// Where they were published, as pictures say it.
    public let source: String
    /// What was measured, without a percentile.
    public let id: MetricID
    /// What was measured under its published name.
    public let name: String
    /// The levels of ours that are this, or a variant of it.
    public let levels: Set<String>
    /// The factor of the sizes.
    public let factor: String
    /// The size that was measured, as a level of that factor.
    public let size: Double
    /// Seconds by percentile.
    public let percentiles: [Double: Double]
}
