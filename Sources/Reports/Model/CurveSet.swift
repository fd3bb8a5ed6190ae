public import Contract
public import Statistics

/// The curves of one metric at one place: a curve a level of the compared factor, and where they cross.
public struct CurveSet: Sendable, Equatable {
    /// Two levels, and where their curves cross.
    public struct Pair: Sendable, Equatable {
        /// The level that comes first in the design.
        public let first: String
        /// The other level.
        public let second: String
        /// Where they cross, by growing size; empty when they do not.
        public let crossovers: [Crossover]
    }

    /// The metric that both curves show.
    public let metric: Metric
    /// The facet, without the factor that the curves run along.
    public let facet: FactorLayout.Facet
    /// The level of the panel factor; empty without one.
    public let panel: String
    /// The levels that have a value, in design order.
    public let curves: [Curve]
    /// The axes on which the curves are drawn and cross.
    public let axes: CurveAxes
    /// Every pair of curves; none where nothing is compared.
    public let pairs: [Pair]
    /// Every cell of the curves.
    let cells: [Cell]
    /// Levels without any value.
    let emptyLevels: [String]
    /// Sizes at which no level has a value.
    let emptySizes: [FactorScale.Level]

    /// The curves of every metric, facet and panel that has values at two sizes or more; none without a scale.
    static func all(cells: [Cell], layout: FactorLayout, metrics: [Metric], seed: UInt64) -> [CurveSet] {
        guard let scale = layout.scale else { return [] }
        var places: [(facet: FactorLayout.Facet, sizes: Set<String>)] = []
        for facet in layout.facets {
            guard let size = facet.levels[scale.factor] else { continue }
            let reduced = layout.curveFacet(of: facet)
            if let index = places.firstIndex(where: { $0.facet == reduced }) {
                places[index].sizes.insert(size)
            } else {
                places.append((reduced, [size]))
            }
        }
        let found = Dictionary(grouping: cells) { Place(cell: $0, layout: layout, scale: scale) }
        var drafts: [Draft] = []
        for metric in metrics {
            for place in places {
                let sizes = scale.levels.filter { place.sizes.contains($0.text) }
                for panel in layout.panels {
                    let lines = layout.levels.map { level in
                        let key = Place(metric: metric.name, facet: place.facet.levels, panel: panel, level: level)
                        return Line(level: level, sizes: sizes, cells: found[key] ?? [], factor: scale.factor)
                    }
                    let draft = Draft(metric: metric, facet: place.facet, panel: panel, lines: lines)
                    if draft.hasCurves { drafts.append(draft) }
                }
            }
        }
        // Panels that are read against each other need axes of one kind.
        let families = Dictionary(grouping: drafts) { $0.metric.id.family }
        let axes = families.mapValues { family in
            let isPositive = family.allSatisfy(\.isPositive)
            return CurveAxes(sizes: scale.levels.map(\.value), values: isPositive ? family.flatMap(\.medians) : [])
        }
        return drafts.map { draft in
            let usual = CurveAxes(isXLogarithmic: false, isYLogarithmic: false)
            return CurveSet(
                draft, axes: axes[draft.metric.id.family] ?? usual, isRate: scale.unit == "1/s",
                isCompared: layout.compared != nil, seed: seed)
        }
    }

    private init(_ draft: Draft, axes: CurveAxes, isRate: Bool, isCompared: Bool, seed: UInt64) {
        let drawn = draft.drawn
        let sizes = draft.sizes
        // One generator for all curves: what crosses must be drawn independently.
        var random = SeededGenerator(seed: seed)
        let resamples = drawn.map { MedianResamples(Curve.series($0.points), random: &random) }
        metric = draft.metric
        facet = draft.facet
        panel = draft.panel
        self.axes = axes
        cells = drawn.flatMap(\.points).compactMap(\.cell)
        emptyLevels = draft.lines.map(\.level).filter { level in !drawn.contains { $0.level == level } }
        emptySizes = draft.lines.first.map { $0.points.map(\.size).filter { !sizes.contains($0.value) } } ?? []
        // Only what is offered at a rate can buy latency with it, and a time that has percentiles is one: processor time has none.
        let hasKnees = isRate && metric.unit == "s" && metric.better == .lower && metric.id.percentile != nil
        curves = zip(drawn, resamples).map { line, resamples in
            Curve(
                level: line.level, points: line.points, growth: Growth.fit(resamples, confidence: Cell.confidence),
                unitCost: UnitCost.fit(resamples, confidence: Cell.confidence),
                knee: hasKnees ? Knee.find(resamples, confidence: Cell.confidence) : nil
            )
        }
        var pairs: [Pair] = []
        for first in drawn.indices where isCompared {
            for second in drawn.indices.dropFirst(first + 1) {
                let crossovers = Crossovers.find(
                    resamples[first], resamples[second], axes: axes, confidence: Cell.confidence
                )
                pairs.append(
                    Pair(first: drawn[first].level, second: drawn[second].level, crossovers: crossovers)
                )
            }
        }
        self.pairs = pairs
    }

    /// The curves of a place before they are judged.
    private struct Draft {
        let metric: Metric
        let facet: FactorLayout.Facet
        let panel: String
        let lines: [Line]

        /// The levels that have a value.
        var drawn: [Line] { lines.filter { line in line.points.contains { $0.median != nil } } }
        /// The sizes that have a value.
        var sizes: Set<Double> { Set(lines.flatMap(\.points).filter { $0.median != nil }.map(\.size.value)) }
        var hasCurves: Bool { sizes.count > 1 }
        var medians: [Double] { lines.flatMap(\.points).compactMap(\.median) }
        /// Whether every value can stand on a logarithmic axis.
        var isPositive: Bool {
            lines.flatMap(\.points).allSatisfy { point in
                point.median == nil || point.cell?.values.allSatisfy { $0 > 0 || !$0.isFinite } ?? true
            }
        }
    }

    /// A curve before its growth is known.
    private struct Line {
        let level: String
        let points: [Curve.Point]

        init(level: String, sizes: [FactorScale.Level], cells: [Cell], factor: String) {
            self.level = level
            points = sizes.map { size in
                Curve.Point(size: size, cell: cells.first { $0.facet.levels[factor] == size.text })
            }
        }
    }

    private struct Place: Hashable {
        let metric: String
        let facet: [String: String]
        let panel: String
        let level: String

        init(metric: String, facet: [String: String], panel: String, level: String) {
            self.metric = metric
            self.facet = facet
            self.panel = panel
            self.level = level
        }

        init(cell: Cell, layout: FactorLayout, scale: FactorScale) {
            metric = cell.metric.name
            // A facet without a size keeps a key that no curve asks for.
            let isSized = cell.facet.levels[scale.factor] != nil
            facet = isSized ? layout.curveFacet(of: cell.facet).levels : ["": ""]
            panel = cell.panel
            level = cell.level
        }
    }
}
