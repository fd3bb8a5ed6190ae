public import Contract
import Results
public import Statistics

/// One timed execution of one variant, with everything that it recorded.
public struct RunTrial: Sendable, Equatable {
    /// The identifier in the store.
    public var id: String
    /// The combination of levels as one string.
    public var variant: String
    /// The combination of levels by factor.
    public var factors: [String: String]
    /// The block that the trial belongs to.
    public var block: Int
    /// The position within its block.
    public var position: Int
    /// How it ended.
    public var outcome: TrialOutcome
    /// Why it ended so, when it did not complete.
    public var reason: String?
    /// How long it took, in seconds; nil when that was not recorded.
    public var seconds: Double?
    /// When it began, in seconds since the run did; nil when that was not recorded.
    public var start: Double?
    /// What was observed by metric, in recorded order.
    public var samples: [String: [Observation]]
    /// The latency histograms by metric, merged within the trial.
    public var histograms: [String: LatencyHistogram]
    /// What clients met while endpoints changed, in trials that measure that.
    public var timeline: Timeline?
    /// Quantities over the trial's time.
    public var series: [Series] = []
    /// Quantities by source and destination.
    public var pairs: [PairTable] = []
    /// Why a timeline that was kept cannot be shown.
    public var timelineProblem: String?

    /// Makes a trial.
    public init(
        id: String,
        variant: String,
        factors: [String: String],
        block: Int,
        position: Int,
        outcome: TrialOutcome,
        reason: String? = nil,
        seconds: Double? = nil,
        samples: [String: [Observation]] = [:],
        histograms: [String: LatencyHistogram] = [:]
    ) {
        self.id = id
        self.variant = variant
        self.factors = factors
        self.block = block
        self.position = position
        self.outcome = outcome
        self.reason = reason
        self.seconds = seconds
        self.samples = samples
        self.histograms = histograms
    }

    /// The same trial with a timeline from its artifact; one that cannot be read costs a picture, and not the report.
    func with(timeline json: String?) -> RunTrial {
        guard let json else { return self }
        var result = self
        do {
            result.timeline = try Timeline(json: json)
        } catch {
            result.timelineProblem =
                "The artifact \(Timeline.artifact) of trial \(id) cannot be read (\(error)); its picture is missing."
        }
        return result
    }

    /// The same trial with when it began and the quantities of its artifact; those that cannot be read are as those that were not kept.
    func with(start: Double, series json: String?) -> RunTrial {
        var result = self
        result.start = start
        result.series = json.flatMap { try? Series.all(json: $0) } ?? []
        return result
    }

    /// The same trial with the pairs of its artifact; those that cannot be read are as those that were not kept.
    func with(pairs json: String?) -> RunTrial {
        var result = self
        result.pairs = json.flatMap { try? PairTable.all(json: $0) } ?? []
        return result
    }

    /// The trial's one value of a metric: the median of its samples, since the trial is the independent unit.
    func value(of metric: String) -> Double? {
        guard outcome == .completed, let samples = samples[metric], !samples.isEmpty else { return nil }
        let sorted = samples.map(\.value).sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// Whether any sample of the metric is right-censored.
    func isCensored(_ metric: String) -> Bool {
        samples[metric]?.contains { $0.censored } ?? false
    }

    /// The value of a metric, and whether the true one may be larger.
    func outcome(of metric: String) -> Observation? {
        value(of: metric).map { Observation(value: $0, censored: isCensored(metric)) }
    }
}

extension [Observation] {
    /// Where the right-censored ones stand.
    var censoredPositions: Set<Int> { Set(indices.filter { self[$0].censored }) }
}
