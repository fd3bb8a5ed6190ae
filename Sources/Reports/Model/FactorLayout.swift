public import Contract
import Results

/// Which factor a reader compares, which groups within a picture, and which separates pictures or panels.
///
/// The compared factor gives the colours. Of the rest, the panel factor groups (for example the path), and every other
/// combination is a facet (for example the test): the design may name them, otherwise the data decides. Levels that
/// record different metrics cannot share an axis, so such a factor makes facets; else the first factor with several
/// levels groups. The factor that the design scales over never groups: curves run along it.
public struct FactorLayout: Sendable, Equatable {
    /// One combination of the levels of all factors but the compared and the panel factor.
    public struct Facet: Sendable, Hashable {
        /// Level by factor name.
        public let levels: [String: String]
        /// The levels that vary, joined: `rr`, `rr · ipv6`, or `add · pods 100`; empty when there is only one facet.
        public let label: String

        /// A facet named by its levels of some factors; a bare number is named with its factor.
        init(levels: [String: String], varying: [String], scale: String?) {
            self.levels = levels
            label = varying.compactMap { name in
                guard let level = levels[name], !level.isEmpty else { return nil }
                let isBare = name == scale || level.allSatisfy { $0.isASCII && $0.isNumber }
                return isBare ? "\(name) \(level)" : level
            }.joined(separator: " · ")
        }
    }

    /// The compared factor's name.
    public let compared: String
    /// Its levels, the baseline first.
    public let levels: [String]
    /// The level that is the baseline, when it is one of the levels.
    public let baseline: String?
    /// The factor that groups within a picture; nil when nothing is left to group by.
    public let panelFactor: String?
    /// The panel factor's levels; one empty string without a panel factor.
    public let panels: [String]
    /// The facets in design order, only those with trials.
    public let facets: [Facet]
    /// Factors with a single level, the same for all trials.
    public let constants: [(name: String, level: String)]
    /// The factor that curves run along; nil without one that can be read as numbers.
    public let scale: FactorScale?
    /// The factors that tell facets apart, in design order.
    private let varying: [String]

    /// The layout of a design and its trials.
    public init(design: Design, trials: [RunTrial]) {
        compared = design.comparedFactor
        let levels = design.levels(of: design.comparedFactor)
        self.levels = levels
        baseline = design.baseline.flatMap { levels.contains($0) ? $0 : nil }
        let others = design.factors.filter { $0.name != design.comparedFactor }
        scale = try? FactorScale(design)
        let panel = Self.panelFactor(of: design, others: others.filter { $0.levels.count > 1 }, trials: trials)
        panelFactor = panel?.name
        panels = panel?.levels ?? [""]
        constants = others.filter { $0.levels.count == 1 && $0.name != panel?.name }
            .map { (name: $0.name, level: $0.levels[0]) }
        let facetFactors = others.filter { $0.name != panel?.name }
        let varying = facetFactors.filter { $0.levels.count > 1 }.map(\.name)
        self.varying = varying
        // Only combinations that were tried: a factor may apply to some levels of another, and not to the rest.
        var seen = Set<[String: String]>()
        for trial in trials {
            seen.insert(trial.factors.filter { name, _ in facetFactors.contains { $0.name == name } })
        }
        let rank: ([String: String]) -> [Int] = { combination in
            facetFactors.map { factor in
                combination[factor.name].flatMap { factor.levels.firstIndex(of: $0) } ?? -1
            }
        }
        facets = seen.sorted { rank($0).lexicographicallyPrecedes(rank($1)) }.map { combination in
            Facet(levels: combination, varying: varying, scale: design.scaleFactor)
        }
    }

    /// The facet that a curve belongs to: without the factor that the curve runs along.
    func curveFacet(of facet: Facet) -> Facet {
        guard let scale else { return facet }
        return Facet(levels: facet.levels.filter { $0.key != scale.factor }, varying: varying, scale: nil)
    }

    /// The names of the factors that tell the facets of curves apart.
    var curveFactors: [String] { varying.filter { $0 != scale?.factor } }

    /// Where a trial belongs: facet levels, panel and level of the compared factor.
    struct Place: Hashable {
        let facet: [String: String]
        let panel: String
        let level: String
    }

    /// The place of a trial.
    func place(of trial: RunTrial) -> Place {
        Place(
            facet: trial.factors.filter { $0.key != compared && $0.key != panelFactor },
            panel: panelFactor.flatMap { trial.factors[$0] } ?? "",
            level: trial.factors[compared] ?? ""
        )
    }

    /// Facet and panel as one label: `rr · same-node`.
    func label(facet: Facet, panel: String) -> String {
        [facet.label, panel].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private static func panelFactor(
        of design: Design,
        others: [Design.Factor],
        trials: [RunTrial]
    ) -> Design.Factor? {
        others.first { factor in
            guard factor.name != design.scaleFactor else { return false }
            var metrics: [String: Set<String>] = [:]
            var coversAll = true
            for trial in trials {
                guard let level = trial.factors[factor.name] else {
                    coversAll = false
                    continue
                }
                // Samples beside a histogram are its time-outs, which some levels have and others have not.
                let names = Set(trial.samples.keys).subtracting(trial.histograms.keys)
                if trial.outcome == .completed { metrics[level, default: []].formUnion(names) }
            }
            return coversAll && Set(metrics.values).count <= 1
        }
    }

    /// Equal when every part is.
    public static func == (left: Self, right: Self) -> Bool {
        left.compared == right.compared && left.levels == right.levels && left.baseline == right.baseline
            && left.panelFactor == right.panelFactor && left.panels == right.panels && left.facets == right.facets
            && left.constants.map { [$0.name, $0.level] } == right.constants.map { [$0.name, $0.level] }
            && left.scale == right.scale && left.varying == right.varying
    }
}
