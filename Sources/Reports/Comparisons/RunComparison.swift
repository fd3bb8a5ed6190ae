public import Contract
public import Statistics

/// One run against another: the same variants and metrics, judged as one family for each level of the compared factor,
/// or for each of its metrics where the design has sizes.
///
/// What a network was is compared with what it is now; how many networks were measured beside it must not decide
/// whether a change can be seen.
public struct RunComparison: Sendable, Equatable {
    /// One metric of one variant.
    public struct Row: Sendable, Equatable {
        /// The metric that both runs have.
        public let metric: Metric
        /// The combination of levels, in design order: `bridge · same-node · rr`.
        public let variant: String
        /// The judgement; its ratio is candidate over base.
        public let result: Comparison
        /// How long the candidate's trials of the variant took, in seconds, as a share for each of their metrics.
        public let seconds: Double
    }

    /// The run that the other is measured against.
    public let base: String
    /// The run that is judged.
    public let candidate: String
    /// What was measured, the same every night: the name of the resource, or both where they have different ones.
    public let subject: String
    /// Keys of the environment and settings of the resource that matter and differ.
    public let differences: [EnvironmentGuard.Difference]
    /// Whether differences were overridden.
    public let isOverridden: Bool
    /// The rows in metric and design order.
    public let rows: [Row]
    /// Variants, or metrics of a variant, that only one of the runs has values for.
    public let unmatched: [String]

    /// Judged metrics of a variant that the base has values of, and the candidate none: `throughput at bridge ·
    /// stream`.
    public let lost: [String]
    /// What a reader must know of either run, such as that it was interrupted.
    public let remarks: [String]

    /// Why there is nothing to compare, whatever the values are; nil when there is.
    public let emptiness: Emptiness?

    /// Whether environments and resources let the runs be compared, as those of runs of different kinds never do.
    public var isComparable: Bool { Self.isComparable(differences, isOverridden) }

    private static func isComparable(_ differences: [EnvironmentGuard.Difference], _ isOverridden: Bool) -> Bool {
        differences.isEmpty || isOverridden && !differences.contains { $0.key == ResourceGuard.kindKey }
    }

    /// The geometric mean of the ratios, each turned so that above 1 is better.
    public var geometricMean: Double? {
        isComparable ? GeometricMean.ofImprovements(rows.map { ($0.metric, $0.result) }) : nil
    }

    /// Compares two runs.
    ///
    /// When the runs differ in what matters every verdict is `not comparable`, unless overridden. A run is not compared
    /// with itself: that has no rows.
    public init(base: RunData, candidate: RunData, overridingEnvironment: Bool = false) {
        self.base = base.id
        self.candidate = candidate.id
        subject = base.name == candidate.name ? candidate.name : "\(candidate.name) against \(base.name)"
        differences = EnvironmentGuard.differences(base: base, candidate: candidate)
        isOverridden = overridingEnvironment
        remarks =
            ReportNotes.conduct(of: base).map { "The base: \($0)" }
            + ReportNotes.conduct(of: candidate).map { "The candidate: \($0)" }
            + [
                EnvironmentGuard.silence(base: base.environment, candidate: candidate.environment),
                EnvironmentGuard.builds(base: base, candidate: candidate),
            ].compactMap(\.self)
        let questions = RunQuestions(base: base, candidate: candidate)
        emptiness = Emptiness(base: base, candidate: candidate, questions)
        if case .sameRun = emptiness {
            (lost, unmatched, rows) = ([], [], [])
            return
        }
        lost = questions.lost
        unmatched = questions.unmatched
        let results = HolmFamily.judge(questions.pairs, families: questions.families, seed: candidate.seed)
        let reason = Self.reason(differences)
        let mayCompare = Self.isComparable(differences, overridingEnvironment)
        rows = zip(questions.pairs, zip(questions.seconds, results)).map { pair, found in
            Row(
                metric: pair.metric, variant: pair.variant,
                result: mayCompare ? found.1 : found.1.notComparable(because: reason), seconds: found.0
            )
        }
    }

    /// Why the runs are not comparable, naming every key.
    static func reason(_ differences: [EnvironmentGuard.Difference]) -> String {
        let list = differences.map { difference in
            let values = [difference.base, difference.candidate].map { $0 ?? "not recorded" }
            // A whole configuration list, twice, would bury the key.
            guard values.allSatisfy({ $0.count <= 160 }) else { return difference.key }
            return "\(difference.key) (\(values[0]) against \(values[1]))"
        }
        return "the runs differ in \(list.joined(separator: ", ")); "
            + "repeat one run as the other was made, or override the check"
    }

    /// How many rows ended in a verdict.
    public func count(_ verdict: Verdict) -> Int {
        rows.count { $0.result.verdict == verdict }
    }
}
