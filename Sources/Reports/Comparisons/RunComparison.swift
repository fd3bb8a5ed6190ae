public import Statistics

/// One run against another: the same variants and metrics, judged as one family for each level of the compared factor,
/// or for each of its metrics where the design has sizes.
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
    /// Keys of the environment and settings of the resource that matter and differ.
    public let differences: [EnvironmentGuard.Difference]
    /// Whether differences were overridden.
    public let isOverridden: Bool
    /// The rows in metric and design order.
    public let rows: [Row]
    /// Variants, or metrics of a variant, that only one of the runs has values for.
    public let unmatched: [String]

    /// Judged metrics of a variant that the base has values of, and the candidate none: `throughput at bridge · stream`.
    public let lost: [String]
    /// What a reader must know of either run, such as that it was interrupted.
    public let remarks: [String]

    /// Whether environments and resources let the runs be compared.
    public var isComparable: Bool { differences.isEmpty || isOverridden }

    /// Whether a metric got worse: the exit code's question.
    public var hasRegressions: Bool { rows.contains { $0.result.verdict == .regressed } }

    /// The geometric mean of the ratios, each turned so that above 1 is better.
    public var geometricMean: Double? {
        isComparable ? GeometricMean.ofImprovements(rows.map { ($0.metric, $0.result) }) : nil
    }

    /// Compares two runs.
    ///
    /// When the runs differ in what matters every verdict is `not comparable`, unless overridden.
    public init(base: RunData, candidate: RunData, overridingEnvironment: Bool = false) {
        self.base = base.id
        self.candidate = candidate.id
        differences = EnvironmentGuard.differences(base: base, candidate: candidate)
        isOverridden = overridingEnvironment
        remarks =
            ReportNotes.conduct(of: base).map { "The base: \($0)" }
            + ReportNotes.conduct(of: candidate).map { "The candidate: \($0)" }
        // A metric that one of the runs has no sample of at all is lost as well, and not unheard of.
        let metrics =
            candidate.metrics + base.metrics.filter { old in !candidate.metrics.contains { $0.name == old.name } }
        var pairs: [Judge.Pair] = []
        var families: [String] = []
        var unmatched: [String] = []
        var lost: [String] = []
        let order = Self.variants(of: base) + Self.variants(of: candidate)
        var seen = Set<[String: String]>()
        let factors = base.design.factors.map(\.name)
        let hasSizes = (try? FactorScale(base.design)) != nil
        for levels in order where seen.insert(levels).inserted {
            let names =
                factors.compactMap { levels[$0] } + levels.filter { !factors.contains($0.key) }.map(\.value).sorted()
            let name = names.joined(separator: " · ")
            for metric in metrics where metric.judged {
                let old = base.values(of: metric.name, at: levels)
                let new = candidate.values(of: metric.name, at: levels)
                if old.isEmpty != new.isEmpty { unmatched.append("\(metric.name) at \(name)") }
                if !old.isEmpty, new.isEmpty { lost.append("\(metric.name) at \(name)") }
                guard !old.isEmpty, !new.isEmpty else { continue }
                pairs.append(
                    Judge.Pair(
                        metric: metric, variant: name, base: old.map(\.value), candidate: new.map(\.value),
                        censoredBase: old.censoredPositions, censoredCandidate: new.censoredPositions
                    )
                )
                let level = levels[base.design.comparedFactor] ?? ""
                families.append(level + "\0" + HolmFamily.name(of: metric, hasSizes: hasSizes))
            }
        }
        self.lost = lost
        self.unmatched = unmatched
        let results = HolmFamily.judge(pairs, families: families, seed: candidate.seed)
        let reason = Self.reason(differences)
        let mayCompare = differences.isEmpty || overridingEnvironment
        rows = zip(pairs, results).map { pair, result in
            Row(
                metric: pair.metric, variant: pair.variant,
                result: mayCompare ? result : result.notComparable(because: reason)
            )
        }
    }

    /// Why the runs are not comparable, naming every key.
    static func reason(_ differences: [EnvironmentGuard.Difference]) -> String {
        let list = differences.map { difference in
            let values = [difference.base, difference.candidate].map { $0 ?? "not recorded" }
            // A whole configuration list, twice, would bury the key.
            guard values.allSatisfy({ $0.count <= 80 }) else { return difference.key }
            return "\(difference.key) (\(values[0]) against \(values[1]))"
        }
        return "the runs differ in \(list.joined(separator: ", ")); "
            + "repeat one run as the other was made, or override the check"
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

    /// How many rows ended in a verdict.
    public func count(_ verdict: Verdict) -> Int {
        rows.count { $0.result.verdict == verdict }
    }
}
