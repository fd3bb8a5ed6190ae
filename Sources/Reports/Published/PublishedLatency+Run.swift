import Contract

extension PublishedLatency {
    /// The name in legends: `iptables, published (kubernetes.io, 2025-02)`.
    var label: String { "\(name), published (\(source))" }

    /// The published numbers that a run's levels, sizes and metric have a counterpart of.
    ///
    /// - Parameter id: What the metric measures; its percentile does not matter.
    static func matching(_ model: ReportModel, _ id: MetricID) -> [PublishedLatency] {
        guard let scale = model.layout.scale, let least = scale.levels.first, let most = scale.levels.last else {
            return []
        }
        return all.filter { published in
            published.id == id.distribution && published.factor == scale.factor
                && published.size >= least.value && published.size <= most.value
                && model.layout.levels.contains(where: published.levels.contains)
        }
    }
}
