public import Statistics

/// One run against another: the same variants and metrics, judged as one family for each level of the compared factor.
///
/// What a network was is compared with what it is now; how many networks were measured beside it must not decide whether
/// a change can be seen.
public struct RunComparison: Sendable, Equatable {
    /// One metric of one variant.
    public struct Row: Sendable, Equatable {
        /// The metric.
        public let metric: Metric
        /// The combination of levels, in design order: `bridge · same-node · rr`.
        public let variant: String
        /// The judgement; its ratio is candidate over base.
        public let result: Comparison
    }

    /// The run that the other is measured against.
    public let base: String
    /// The run that is judged.
    public let candidate: String
    /// Keys of the environment that matter and differ.
    public let differences: [EnvironmentGuard.Difference]
    /// Whether differences were overridden.
    public let isOverridden: Bool
    /// The rows in metric and design order.
    public let rows: [Row]
    /// Variants, or metrics of a variant, that only one of the runs has values for.
    public let unmatched: [String]

    /// Whether the environments let the runs be compared.
    public var isComparable: Bool { differences.isEmpty || isOverridden }

    /// Whether a metric got worse: the exit code's question.
    public var hasRegressions: Bool { rows.contains { $0.result.verdict == .regressed } }

    /// The geometric mean of the ratios, each turned so that above 1 is better.
    public var geometricMean: Double? {
        isComparable ? GeometricMean.ofImprovements(rows.map { ($0.metric, $0.result) }) : nil
    }

    /// Compares two runs.
    ///
    /// With differing environments every verdict is `not comparable`, unless overridden.
    public init(base: RunData, candidate: RunData, overridingEnvironment: Bool = false) {
        self.base = base.id
        self.candidate = candidate.id
        differences = EnvironmentGuard.differences(base: base.environment, candidate: candidate.environment)
        isOverridden = overridingEnvironment
        var pairs: [Judge.Pair] = []
        var families: [String] = []
        var unmatched: [String] = []
        let order = Self.variants(of: base) + Self.variants(of: candidate)
        var seen = Set<[String: String]>()
        let factors = base.design.factors.map(\.name)
        for levels in order where seen.insert(levels).inserted {
            let names =
                factors.compactMap { levels[$0] } + levels.filter { !factors.contains($0.key) }.map(\.value).sorted()
            let name = names.joined(separator: " · ")
            for metric in candidate.metrics where metric.judged {
                let old = Self.values(of: metric.name, at: levels, in: base)
                let new = Self.values(of: metric.name, at: levels, in: candidate)
                if old.isEmpty != new.isEmpty { unmatched.append("\(metric.name) at \(name)") }
                guard !old.isEmpty, !new.isEmpty else { continue }
                pairs.append(Judge.Pair(metric: metric, variant: name, base: old, candidate: new))
                families.append(levels[base.design.comparedFactor] ?? "")
            }
        }
        self.unmatched = unmatched
        let results = Self.judge(pairs, families: families, seed: candidate.seed)
        let reason = Self.reason(differences)
        let mayCompare = differences.isEmpty || overridingEnvironment
        rows = zip(pairs, results).map { pair, result in
            Row(
                metric: pair.metric, variant: pair.variant,
                result: mayCompare ? result : result.notComparable(because: reason)
            )
        }
    }

    /// Judges family by family; the results come back in the order of the pairs.
    private static func judge(_ pairs: [Judge.Pair], families: [String], seed: UInt64) -> [Comparison] {
        var found: [Int: Comparison] = [:]
        for members in Dictionary(grouping: pairs.indices, by: { families[$0] }).values {
            let results = Judge.compare(members.map { pairs[$0] }, confidence: Cell.confidence, seed: seed)
            for (index, result) in zip(members, results) { found[index] = result }
        }
        return pairs.indices.compactMap { found[$0] }
    }

    /// Why the runs are not comparable, naming every key.
    static func reason(_ differences: [EnvironmentGuard.Difference]) -> String {
        let list = differences.map { difference in
            "\(difference.key) (\(difference.base ?? "not recorded") against \(difference.candidate ?? "not recorded"))"
        }
        return "the environments differ in \(list.joined(separator: ", ")); "
            + "repeat one run in the other's environment, or override the check"
    }

    private static func variants(of run: RunData) -> [[String: String]] {
        var seen = Set<[String: String]>()
        let distinct = run.trials.map(\.factors).filter { seen.insert($0).inserted }
        let rank: ([String: String]) -> [Int] = { levels in
            run.design.factors.map { factor in
                levels[factor.name].flatMap { run.design.levels(of: factor.name).firstIndex(of: $0) } ?? -1
            }
        }
        return distinct.sorted { rank($0).lexicographicallyPrecedes(rank($1)) }
    }

    private static func values(of metric: String, at levels: [String: String], in run: RunData) -> [Double] {
        run.trials.filter { $0.factors == levels }.compactMap { $0.value(of: metric) }
    }
}
