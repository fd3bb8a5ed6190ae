import Contract

/// Curves that no page has yet.
struct CurvePool {
    private(set) var sets: [CurveSet]

    /// The metrics of what is left, a set each.
    var metrics: [Metric] { sets.map(\.metric) }

    /// Takes the curves of some metrics.
    mutating func take(where belongs: (Metric) -> Bool) -> [CurveSet] {
        let taken = sets.filter { belongs($0.metric) }
        sets.removeAll { belongs($0.metric) }
        return taken
    }

    /// The keys of some metrics in the order in which they are met, of those that have so many different ones at least.
    func keys<Key: Hashable, Other: Hashable>(
        where belongs: (Metric) -> Bool = { _ in true },
        by key: (MetricID) -> Key?,
        atLeast count: Int = 1,
        different other: (MetricID) -> Other
    ) -> [Key] {
        var found: [Key: Set<Other>] = [:]
        var order: [Key] = []
        for metric in metrics where belongs(metric) {
            guard let key = key(metric.id) else { continue }
            if found[key] == nil { order.append(key) }
            found[key, default: []].insert(other(metric.id))
        }
        return order.filter { found[$0, default: []].count >= count }
    }
}
