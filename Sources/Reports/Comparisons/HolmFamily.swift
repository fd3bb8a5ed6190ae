import Contract
import Statistics

/// The questions over which Holm's correction runs.
///
/// A design with sizes asks every metric at every size. Over all of them together six repetitions could prove nothing,
/// so that there each metric is a family of its own: the probability of a false alarm is below 5 % in each curve.
enum HolmFamily {
    /// The family that a metric's questions belong to within one comparison.
    static func name(of metric: Metric, hasSizes: Bool) -> String { hasSizes ? metric.name : "" }

    /// Judges family by family; the results come back in the order of the pairs.
    static func judge(_ pairs: [Judge.Pair], families: [String], seed: UInt64) -> [Comparison] {
        var found: [Int: Comparison] = [:]
        for members in Dictionary(grouping: pairs.indices, by: { families[$0] }).values {
            let results = Judge.compare(members.map { pairs[$0] }, confidence: Cell.confidence, seed: seed)
            for (index, result) in zip(members, results) { found[index] = result }
        }
        return pairs.indices.compactMap { found[$0] }
    }
}
