internal import Foundation

/// Two sets of values against each other: whether they differ, and by how much.
struct Contrast {
    /// A best guess, and how far the truth may be from it.
    struct Estimate {
        /// The best guess.
        let value: Double

        /// The interval at the confidence asked for; `nil` when the sides have too few values for one.
        var interval: Interval?
    }

    /// The test of whether one side tends to larger values.
    let test: MannWhitney.Result

    /// Candidate minus base.
    private(set) var shift: Estimate?

    /// Candidate over base.
    private(set) var ratio: Estimate?

    /// The size of the change as a natural logarithm; `nil` where nothing can be relative.
    ///
    /// Exchanging the sides changes its sign and nothing else. With values of 0 and below the shift is taken relative
    /// to the smaller of the two medians, for which the same holds; `ratio` is relative to the base, as people expect.
    private(set) var change: Estimate?

    private let base: [Double]
    private let candidate: [Double]

    init(base: [Double], candidate: [Double], confidence: Double) {
        self.init(base, candidate, test: MannWhitney.test(base, candidate), confidence: confidence)
    }

    private init(_ base: [Double], _ candidate: [Double], test: MannWhitney.Result, confidence: Double) {
        self.base = base
        self.candidate = candidate
        self.test = test
        func estimate(_ value: Double, _ interval: Interval, _ coverage: Double) -> Estimate {
            // A range that covers less than it promises would be read as an interval all the same.
            Estimate(value: value, interval: coverage >= confidence - 1e-9 ? interval : nil)
        }
        shift = HodgesLehmann.shift(base, candidate, confidence: confidence)
            .map { estimate($0.shift, $0.interval, $0.coverage) }
        ratio = HodgesLehmann.ratio(base, candidate, confidence: confidence)
            .map { estimate($0.ratio, $0.interval, $0.coverage) }
        if (base + candidate).allSatisfy({ $0 > 0 }) {
            change = ratio.map { Self.mapped($0) { log($0) } }
        } else if let shift, let smaller = [base, candidate].compactMap(Descriptive.median).min(), smaller > 0 {
            change = Self.mapped(shift) { ($0 < 0 ? -1 : 1) * log(1 + abs($0) / smaller) }
        }
    }

    private static func mapped(_ estimate: Estimate, _ transform: (Double) -> Double) -> Estimate {
        Estimate(
            value: transform(estimate.value),
            interval: estimate.interval.map { Interval(lower: transform($0.lower), upper: transform($0.upper)) }
        )
    }

    /// The same with intervals of another confidence.
    func at(confidence: Double) -> Contrast {
        Contrast(base, candidate, test: test, confidence: confidence)
    }

    /// Whether "no change" lies inside the interval of the shift, and not at its end.
    var straddlesNoChange: Bool {
        guard let interval = shift?.interval else { return false }
        return interval.lower < 0 && interval.upper > 0
    }

    /// The same with intervals that hold "no change", as those of a difference that is not significant have to.
    ///
    /// Interval and test agree by themselves but for equal values, whose ranks the test shares and the interval does
    /// not.
    func holdingNoChange() -> Contrast {
        var result = self
        result.shift?.interval = shift?.interval?.holding(0)
        result.ratio?.interval = ratio?.interval?.holding(1)
        result.change?.interval = change?.interval?.holding(0)
        return result
    }
}
