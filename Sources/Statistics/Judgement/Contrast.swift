internal import Foundation

/// Two sets of values against each other: whether they differ, and by how much.
struct Contrast {
    /// The test of whether one side tends to larger values.
    let test: MannWhitney.Result

    /// Candidate minus base.
    let shift: HodgesLehmann.ShiftEstimate?

    /// Candidate over base.
    let ratio: HodgesLehmann.RatioEstimate?

    /// The size of the change as a natural logarithm; `nil` where nothing can be relative.
    ///
    /// Exchanging the sides changes its sign and nothing else. With values of 0 and below the shift is taken relative to
    /// the smaller of the two medians, for which the same holds; `ratio` is relative to the base, as people expect.
    let change: (estimate: Double, interval: Interval)?

    init(base: [Double], candidate: [Double], confidence: Double) {
        test = MannWhitney.test(base, candidate)
        shift = HodgesLehmann.shift(base, candidate, confidence: confidence)
        ratio = HodgesLehmann.ratio(base, candidate, confidence: confidence)
        if (base + candidate).allSatisfy({ $0 > 0 }) {
            change = ratio.map {
                (log($0.ratio), Interval(lower: log($0.interval.lower), upper: log($0.interval.upper)))
            }
        } else if let shift, let smaller = [base, candidate].compactMap(Descriptive.median).min(), smaller > 0 {
            let size: (Double) -> Double = { ($0 < 0 ? -1 : 1) * log(1 + abs($0) / smaller) }
            change = (
                size(shift.shift), Interval(lower: size(shift.interval.lower), upper: size(shift.interval.upper))
            )
        } else {
            change = nil
        }
    }
}
