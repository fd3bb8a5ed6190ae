public import Contract
import Results
public import Statistics

/// What was measured of one metric at one combination of facet, panel and level of the compared factor.
public struct Cell: Sendable, Equatable {
    /// What the cell's values measure, with their unit.
    public let metric: Metric
    /// The facet, for example the test.
    public let facet: FactorLayout.Facet
    /// The level of the panel factor, for example the path; empty without one.
    public let panel: String
    /// The level of the compared factor, for example the network.
    public let level: String
    /// One value per completed trial, in order of blocks.
    public let values: [Double]
    /// The median of the values; nil without any.
    public let median: Double?
    /// The 95 % bootstrap interval of the median; nil with fewer than two values.
    public let interval: Interval?
    /// The positions in `values` of those that are right-censored.
    public let censoredPositions: Set<Int>
    /// How many of the values are right-censored.
    public var censored: Int { censoredPositions.count }
    /// How many trials were tried, whatever became of them.
    public let trials: Int
    /// How the trials that gave no value ended, most frequent first; empty when nothing is missing.
    public let losses: [Loss]

    /// Trials that ended in the same way without a value.
    public struct Loss: Sendable, Equatable {
        /// How they ended: `failed`, `timed out`, or `not measured` when they completed without this metric.
        public let what: String
        /// How many.
        public let count: Int
    }

    /// The confidence level of every interval in a report.
    public static let confidence = 0.95

    init(
        metric: Metric, facet: FactorLayout.Facet, panel: String, level: String, trials: [RunTrial], seed: UInt64
    ) {
        self.metric = metric
        self.facet = facet
        self.panel = panel
        self.level = level
        let measured = trials.compactMap { $0.outcome(of: metric.name) }
        values = measured.map(\.value)
        censoredPositions = measured.censoredPositions
        self.trials = trials.count
        median = Descriptive.median(values)
        interval =
            values.count < 2 ? nil : Bootstrap.medianInterval(values, confidence: Self.confidence, seed: seed)
        var counts: [String: Int] = [:]
        for trial in trials where trial.value(of: metric.name) == nil {
            counts[trial.outcome.lossName, default: 0] += 1
        }
        losses = counts.map { Loss(what: $0.key, count: $0.value) }.sorted { ($1.count, $0.what) < ($0.count, $1.what) }
    }

    /// One or two words for a place without a value: what became of the trials.
    public var missingText: String {
        losses.first?.what ?? "not run"
    }

    /// The trials without a value in words: `1 of 6 trials failed`.
    public var lossText: String? {
        guard !losses.isEmpty else { return trials == 0 ? "not run" : nil }
        return losses.map { "\($0.count) of \(Wording.count(trials, "trial")) \($0.what)" }.joined(separator: ", ")
    }
}

extension TrialOutcome {
    /// What a trial that ended so counts as where its value is missing.
    var lossName: String {
        switch self {
        case .completed: "not measured"
        case .timedOut: "timed out"
        case .failed, .skipped, .invalid: rawValue
        }
    }
}
