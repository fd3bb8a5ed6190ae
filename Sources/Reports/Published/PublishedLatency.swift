/// Latencies that others published, drawn beside ours for their shape: they come from another machine.
struct PublishedLatency: Sendable, Equatable {
    /// Where they were published, as pictures say it.
    let source: String
    /// What was measured, as the stem of our metrics' names.
    let stem: String
    /// The mode under its published name.
    let mode: String
    /// The factor of the sizes, and the size.
    let factor: String
    let size: Double
    /// Seconds by percentile.
    let percentiles: [Double: Double]

    /// The name in legends: `iptables, published (kubernetes.io, 2025-02)`.
    var label: String { "\(mode), published (\(source))" }

    /// Whether a level of ours is this mode, or a variant of it.
    func matches(level: String) -> Bool { level == mode || level.hasPrefix(mode + "-") }

    /// The published numbers that a run's levels, sizes and metric have a counterpart of.
    static func matching(_ model: ReportModel, stem: String) -> [PublishedLatency] {
        guard let scale = model.layout.scale, let least = scale.levels.first, let most = scale.levels.last else {
            return []
        }
        return all.filter { published in
            published.stem == stem && published.factor == scale.factor
                && published.size >= least.value && published.size <= most.value
                && model.layout.levels.contains(where: published.matches)
        }
    }
}
