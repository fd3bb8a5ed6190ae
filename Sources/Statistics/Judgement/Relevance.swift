import Contract
internal import Foundation

/// How large a change has to be before it matters: the minimum relevant change of a metric, as a logarithm.
///
/// Twice as much and half as much are equally far from the same, so that exchanging base and candidate changes no
/// sizes.
struct Relevance {
    /// The minimum relevant change as a logarithm.
    let threshold: Double

    /// The smaller of the two medians where values of 0 and below leave no logarithms; `nil` where all are above 0.
    private let reference: Double?

    /// What rounding may add to a logarithm; a change that is exactly the smallest relevant one stays relevant.
    static let rounding = 1e-9

    init(_ metric: Metric, base: [Double], candidate: [Double]) {
        threshold = log(1 + metric.minimumRelevantChange)
        let isPositive = (base + candidate).allSatisfy { $0 > 0 }
        reference = isPositive ? nil : [base, candidate].compactMap(Descriptive.median).min() ?? 0
    }

    /// Whether all values are above 0, so that changes are quotients.
    var isLogarithmic: Bool { reference == nil }

    /// The size of the step from one value to another; `nil` where nothing can be relative.
    func size(from old: Double, to new: Double) -> Double? {
        guard let reference else { return log(new / old) }
        guard reference > 0 else { return nil }
        return (new < old ? -1 : 1) * log(1 + abs(new - old) / reference)
    }

    /// Whether a change, as a logarithm, is large enough to matter in either direction.
    func holds(_ change: Double) -> Bool {
        abs(change) >= threshold - Self.rounding
    }

    /// Whether the step from one value to another matters; where nothing is relative, every step does.
    func holds(from old: Double, to new: Double) -> Bool {
        guard old != new else { return false }
        return size(from: old, to: new).map(holds) ?? true
    }

    /// Whether an interval of changes, as logarithms, holds relevant ones in one direction and nothing else.
    func isSurelyExceeded(by interval: Interval?) -> Bool {
        guard let interval else { return false }
        return interval.lower * interval.upper > 0 && holds(interval.lower) && holds(interval.upper)
    }
}

extension Evidence {
    /// What matters for this metric and these values.
    var relevance: Relevance { Relevance(pair.metric, base: base.values, candidate: candidate.values) }
}
