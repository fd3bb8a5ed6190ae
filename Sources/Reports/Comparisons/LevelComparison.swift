public import Contract
public import Statistics

/// One level of the compared factor against another, over every judged metric and every remaining combination.
///
/// Holm's correction runs over all rows of one such comparison. So two equal networks are called equal in all rows at
/// once with the stated confidence. Where the design has sizes it runs over the rows of one metric, see `HolmFamily`.
public struct LevelComparison: Sendable, Equatable {
    /// One metric at one facet and panel.
    public struct Row: Sendable, Equatable {
        /// The metric that both levels were measured by.
        public let metric: Metric
        /// The facet, for example the test.
        public let facet: FactorLayout.Facet
        /// The level of the panel factor; empty without one.
        public let panel: String
        /// The judgement; its ratio is candidate over base.
        public let result: Comparison
    }

    /// The level that the other is measured against.
    public let base: String
    /// The level that is judged.
    public let candidate: String
    /// Whether `base` is the design's baseline.
    public let isAgainstBaseline: Bool
    /// The rows in metric, facet and panel order.
    public let rows: [Row]

    /// The geometric mean of the ratios, each turned so that above 1 is better; nil without any usable ratio.
    public var geometricMean: Double? {
        GeometricMean.ofImprovements(rows.map { ($0.metric, $0.result) })
    }

    /// How many rows ended in a verdict.
    public func count(_ verdict: Verdict) -> Int {
        rows.count { $0.result.verdict == verdict }
    }

    /// All pairs of levels in design order, none where nothing is compared; the baseline is always a base.
    static func all(cells: [Cell], layout: FactorLayout, seed: UInt64) -> [LevelComparison] {
        guard layout.compared != nil else { return [] }
        var result: [LevelComparison] = []
        for (index, base) in layout.levels.enumerated() {
            for candidate in layout.levels.dropFirst(index + 1) {
                let rows = rows(cells: cells, base: base, candidate: candidate, layout: layout, seed: seed)
                result.append(
                    LevelComparison(
                        base: base, candidate: candidate, isAgainstBaseline: base == layout.baseline, rows: rows
                    )
                )
            }
        }
        return result
    }

    private static func rows(
        cells: [Cell], base: String, candidate: String, layout: FactorLayout, seed: UInt64
    ) -> [Row] {
        let bases = cells.filter { $0.level == base && $0.metric.judged }
        let candidates = Dictionary(
            grouping: cells.filter { $0.level == candidate && $0.metric.judged }, by: \.metric.name
        )
        let pairs = bases.compactMap { cell -> (Cell, Cell)? in
            let other = candidates[cell.metric.name]?.first { $0.facet == cell.facet && $0.panel == cell.panel }
            // A side without any value is a gap in the numbers table, not a question that can be judged.
            guard let other, !cell.values.isEmpty, !other.values.isEmpty else { return nil }
            return (cell, other)
        }
        let results = HolmFamily.judge(
            pairs.map { base, candidate in
                Judge.Pair(
                    metric: base.metric, variant: layout.label(facet: base.facet, panel: base.panel),
                    base: base.values, candidate: candidate.values, censoredBase: base.censoredPositions,
                    censoredCandidate: candidate.censoredPositions
                )
            },
            families: pairs.map { HolmFamily.name(of: $0.0.metric, hasSizes: layout.scale != nil) }, seed: seed
        )
        return zip(pairs, results).map { pair, result in
            Row(metric: pair.0.metric, facet: pair.0.facet, panel: pair.0.panel, result: result)
        }
    }
}
