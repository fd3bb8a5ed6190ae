/// An expectation: a sentence about the results of steps that is true or not, such as `throughput.median > 1Gbit`.
///
/// The grammar stands in `docs/resources.md`. Names are bound: each names a step, a metric, a factor of the matrix.
public struct Expectation: Sendable, Equatable {
    /// The text as it was written.
    public let text: String
    /// What it says.
    public let root: Node

    /// Some trials of a step, by the levels of factors or by properties of findings.
    public struct Filter: Sendable, Equatable {
        /// The factor, or the property.
        public let name: String
        /// Its level, or its value.
        public let value: String
    }

    /// What a step measured of one metric.
    public struct Selection: Sendable, Equatable {
        /// The step's name.
        public let step: String
        /// The metric's name.
        public let metric: String
        /// Which of its trials.
        public let filters: [Filter]
        /// Where the metric stands in the text.
        public let offset: Int
    }

    /// One number of many.
    public enum Statistic: String, Sendable, Equatable, CaseIterable {
        /// How many there are.
        case count
        /// The arithmetic mean.
        case mean
        /// The value in the middle.
        case median
        /// The smallest.
        case minimum = "min"
        /// The largest.
        case maximum = "max"
        /// Percentiles.
        case p50, p90, p95, p99, p999

        /// Which percentile it is; nil for what is none.
        public var percentile: Double? {
            switch self {
            case .median, .p50: 50
            case .p90: 90
            case .p95: 95
            case .p99: 99
            case .p999: 99.9
            case .count, .mean, .minimum, .maximum: nil
            }
        }
    }

    /// A part of an expression; each knows where it stands in the text.
    public indirect enum Node: Sendable, Equatable {
        /// A number with its dimension.
        case quantity(Double, Dimension, offset: Int)
        /// A text.
        case text(String, offset: Int)
        /// True or false.
        case truth(Bool, offset: Int)
        /// The level of a factor of the matrix.
        case level(factor: String, offset: Int)
        /// A number of what a step measured.
        case statistic(Statistic, of: Selection)
        /// How many findings of a step there are.
        case findings(step: String, [Filter], offset: Int)
        /// How many trials of a step there are.
        case trials(step: String, [Filter], offset: Int)
        /// How a step ended.
        case outcome(step: String, offset: Int)
        /// What a comparison says of the second against the first.
        case verdict(Selection, Selection, offset: Int)
        /// The opposite.
        case not(Node, offset: Int)
        /// With the other sign.
        case negative(Node, offset: Int)
        /// Two with an operator between.
        case binary(ExpressionOperator, Node, Node, offset: Int)
    }

    /// Words that `outcome` can be.
    public static let outcomes = ["completed", "trialsFailed", "interrupted", "failed", "skipped"]
    /// Words that `verdict(…)` can be.
    public static let verdicts = ["improved", "unchanged", "regressed", "inconclusive"]
    /// What findings can be counted by, beside the levels of factors.
    public static let findingProperties = ["kind", "verdict", "found", "expected"]

    /// The steps that it speaks of, each with the place where it does so first.
    public var steps: [(name: String, offset: Int)] {
        var seen: Set<String> = []
        return root.steps.filter { seen.insert($0.name).inserted }
    }

    /// Every metric that it asks for.
    public var selections: [Selection] { root.selections }

    /// Whether it judges the findings of a step, so that nobody else has to.
    public func judgesFindings(of step: String) -> Bool { root.findingSteps.contains(step) }

    /// Whether it judges how a step ended, so that nobody else has to.
    public func judgesOutcome(of step: String) -> Bool { root.outcomeSteps.contains(step) }
}

extension Expectation.Node {
    private var parts: [Expectation.Node] {
        switch self {
        case .not(let inner, _), .negative(let inner, _): [inner]
        case .binary(_, let left, let right, _): [left, right]
        default: []
        }
    }

    fileprivate var steps: [(name: String, offset: Int)] {
        switch self {
        case .statistic(_, let selection): [(selection.step, selection.offset)]
        case .findings(let step, _, let offset), .trials(let step, _, let offset), .outcome(let step, let offset):
            [(step, offset)]
        case .verdict(let base, let candidate, _): [(base.step, base.offset), (candidate.step, candidate.offset)]
        default: parts.flatMap(\.steps)
        }
    }

    fileprivate var selections: [Expectation.Selection] {
        switch self {
        case .statistic(_, let selection): [selection]
        case .verdict(let base, let candidate, _): [base, candidate]
        default: parts.flatMap(\.selections)
        }
    }

    fileprivate var findingSteps: [String] {
        if case .findings(let step, _, _) = self { return [step] }
        return parts.flatMap(\.findingSteps)
    }

    fileprivate var outcomeSteps: [String] {
        switch self {
        case .outcome(let step, _), .trials(let step, _, _): [step]
        default: parts.flatMap(\.outcomeSteps)
        }
    }

    /// Where it begins to matter in the text: the operator, or the name.
    public var offset: Int {
        switch self {
        case .quantity(_, _, let offset), .text(_, let offset), .truth(_, let offset), .level(_, let offset),
            .findings(_, _, let offset), .trials(_, _, let offset), .outcome(_, let offset), .verdict(_, _, let offset),
            .not(_, let offset), .negative(_, let offset), .binary(_, _, _, let offset):
            offset
        case .statistic(_, let selection): selection.offset
        }
    }
}
