/// What a run varied: the factors with their levels in the order in which reports show them.
///
/// Decoded from the `design` column of the `runs` table. Reports knows a kind by nothing else.
public struct RunDesign: Sendable, Equatable, Codable {
    /// Something varied, and its values in display order.
    public struct Factor: Sendable, Equatable, Codable {
        /// The name used in `trials.factors`.
        public var name: String
        /// The values in display order.
        public var levels: [String]

        /// Makes a factor from its name and its levels.
        public init(name: String, levels: [String]) {
            self.name = name
            self.levels = levels
        }
    }

    /// How much of a metric is still good enough: with it, a report says up to which size it is.
    public struct Threshold: Sendable, Equatable, Codable {
        /// The metric's name.
        public var metric: String
        /// The limit in the metric's unit: at most so much, or at least so much where more is better.
        public var limit: Double

        /// Makes a threshold from its metric and limit.
        public init(metric: String, limit: Double) {
            self.metric = metric
            self.limit = limit
        }
    }

    /// The factor whose levels are compared with each other, side by side and by colour.
    public var comparedFactor: String
    /// The level of the compared factor that all others are measured against; drawn in grey.
    public var baseline: String?
    /// All factors, the compared one included.
    public var factors: [Factor]
    /// The factor that separates pictures or panels (for example the test); inferred when absent.
    public var facetFactor: String?
    /// The factor that groups bars and panels within a picture (for example the path); inferred when absent.
    public var panelFactor: String?
    /// The factor whose levels are sizes (for example the number of pods): metrics are drawn as curves over it.
    public var scaleFactor: String?
    /// The limits that capacity is found for; none when absent.
    public var thresholds: [Threshold]?

    /// Makes a design.
    public init(
        comparedFactor: String,
        baseline: String? = nil,
        factors: [Factor],
        facetFactor: String? = nil,
        panelFactor: String? = nil,
        scaleFactor: String? = nil,
        thresholds: [Threshold]? = nil
    ) {
        self.comparedFactor = comparedFactor
        self.baseline = baseline
        self.factors = factors
        self.facetFactor = facetFactor
        self.panelFactor = panelFactor
        self.scaleFactor = scaleFactor
        self.thresholds = thresholds
    }

    /// Whether a stored text is that of a run without a design.
    static func isAbsent(_ text: String) -> Bool { ["", "{}", "null"].contains(text) }

    /// The design completed by what the trials hold: levels and factors that it does not list come last, as met.
    func completed(by trials: [RunTrial]) -> RunDesign {
        var result = self
        for trial in trials {
            for (name, level) in trial.factors.sorted(by: { $0.key < $1.key }) {
                if let index = result.factors.firstIndex(where: { $0.name == name }) {
                    if !result.factors[index].levels.contains(level) { result.factors[index].levels.append(level) }
                } else {
                    result.factors.append(Factor(name: name, levels: [level]))
                }
            }
        }
        if result.factors.contains(where: { $0.name == result.comparedFactor }) { return result }
        result.comparedFactor = result.factors.first(where: { $0.levels.count > 1 })?.name ?? result.comparedFactor
        return result
    }

    /// The levels of a factor, the baseline first when it is the compared one.
    func levels(of name: String) -> [String] {
        let levels = factors.first { $0.name == name }?.levels ?? []
        guard name == comparedFactor, let baseline, levels.contains(baseline) else { return levels }
        return [baseline] + levels.filter { $0 != baseline }
    }
}
