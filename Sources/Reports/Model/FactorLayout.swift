public import Contract
import Results

/// Which factor a reader compares, which groups within a picture, and which separates pictures or panels.
///
/// The compared factor gives the colours. Of the rest, the panel factor groups (for example the path), and every other
/// combination is a facet (for example the test); the data decides. Levels that record different metrics cannot share
/// an axis, so such a factor makes facets; else the first factor with several levels groups. The factor that the design
/// scales over never groups: curves run along it. Where nothing is compared, the combinations of all factors that could
/// group have the colours.
public struct FactorLayout: Sendable, Equatable {
    /// One combination of the levels of the factors that have neither colours nor groups.
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

    /// The compared factor's name; nil for a run that compares nothing.
    public let compared: String?
    /// Its levels, the baseline first; where nothing is compared the variants, as met in the design.
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
    /// The factors that make the levels, in design order: the compared one, or those of the variants.
    let levelFactors: [String]
    /// The levels of the factors of each variant, by its name; empty where a factor is compared.
    private let variants: [String: [String: String]]

    /// The layout of a design and its trials.
    public init(design: Design, trials: [RunTrial]) {
        let others = design.factors.filter { $0.name != design.compared }
        let groupable = others.filter { factor in
            factor.levels.count > 1 && factor.name != design.scaleFactor && Self.isGroupable(factor, trials)
        }
        compared = design.compared
        levelFactors = design.compared.map { [$0] } ?? groupable.map(\.name)
        let combinations = design.compared == nil ? Self.combinations(of: groupable, in: trials) : []
        let names = combinations.map { Self.variant($0, groupable.map(\.name)) }
        variants = Dictionary(zip(names, combinations)) { first, _ in first }
        let levels = design.compared.map(design.levels) ?? names
        self.levels = levels
        baseline = design.baseline.flatMap { design.compared != nil && levels.contains($0) ? $0 : nil }
        scale = try? FactorScale(design)
        let panel = design.compared == nil ? nil : groupable.first
        panelFactor = panel?.name
        panels = panel?.levels ?? [""]
        constants = others.filter { $0.levels.count == 1 && $0.name != panel?.name }
            .map { (name: $0.name, level: $0.levels[0]) }
        let levelFactors = self.levelFactors
        let facetFactors = others.filter { $0.name != panel?.name && !levelFactors.contains($0.name) }
        let varying = facetFactors.filter { $0.levels.count > 1 }.map(\.name)
        self.varying = varying
        facets = Self.combinations(of: facetFactors, in: trials).map { combination in
            Facet(levels: combination, varying: varying, scale: design.scaleFactor)
        }
    }

    /// The combinations of levels that were tried, in design order: a factor may apply to some levels of another, and
    /// not to the rest.
    private static func combinations(of factors: [Design.Factor], in trials: [RunTrial]) -> [[String: String]] {
        let seen = Set(trials.map { $0.factors.filter { name, _ in factors.contains { $0.name == name } } })
        let rank: ([String: String]) -> [Int] = { combination in
            factors.map { factor in combination[factor.name].flatMap { factor.levels.firstIndex(of: $0) } ?? -1 }
        }
        return seen.sorted { rank($0).lexicographicallyPrecedes(rank($1)) }
    }

    /// A combination of levels as the name of a variant.
    private static func variant(_ levels: [String: String], _ factors: [String]) -> String {
        let label = Facet(levels: levels, varying: factors, scale: nil).label
        return label.isEmpty ? "all trials" : label
    }

    /// The levels without the baseline: what there is to choose from.
    var choices: [String] { levels.filter { $0 != baseline } }

    /// What the levels are levels of, in words.
    var levelWord: String { compared ?? "variant" }

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
            facet: trial.factors.filter { !levelFactors.contains($0.key) && $0.key != panelFactor },
            panel: panelFactor.flatMap { trial.factors[$0] } ?? "",
            level: compared.map { trial.factors[$0] ?? "" } ?? Self.variant(trial.factors, levelFactors)
        )
    }

    /// The level of every factor at a place.
    func factors(facet: Facet, panel: String, level: String? = nil) -> [String: String] {
        var factors = facet.levels
        if let level { factors.merge(compared.map { [$0: level] } ?? variants[level] ?? [:]) { _, own in own } }
        if let panelFactor { factors[panelFactor] = panel }
        return factors
    }

    /// Facet and panel as one label: `rr · same-node`.
    func label(facet: Facet, panel: String) -> String {
        [facet.label, panel].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Whether all levels of a factor were tried with everything and record the same metrics.
    private static func isGroupable(_ factor: Design.Factor, _ trials: [RunTrial]) -> Bool {
        var metrics: [String: Set<String>] = [:]
        for trial in trials {
            guard let level = trial.factors[factor.name] else { return false }
            // Samples beside a histogram are its time-outs, which some levels have and others have not.
            let names = Set(trial.samples.keys).subtracting(trial.histograms.keys)
            if trial.outcome == .completed { metrics[level, default: []].formUnion(names) }
        }
        return Set(metrics.values).count <= 1
    }

    /// Equal when every part is.
    public static func == (left: Self, right: Self) -> Bool {
        left.compared == right.compared && left.levels == right.levels && left.baseline == right.baseline
            && left.panelFactor == right.panelFactor && left.panels == right.panels && left.facets == right.facets
            && left.constants.map { [$0.name, $0.level] } == right.constants.map { [$0.name, $0.level] }
            && left.scale == right.scale && left.varying == right.varying && left.levelFactors == right.levelFactors
    }
}
