import Contract
import Experiments
import Quantities
import Resources
import Statistics

/// Decides which variants have been repeated often enough.
///
/// Variants that are compared with each other stop together: if one went on alone, the machine's drift over time would
/// count as a difference between them.
struct StoppingRule: Sendable {
    /// Why a group of variants was ended.
    enum Ending: Sendable, Equatable {
        /// Every interval is as narrow as was asked for; the widest half-width is given.
        case precise(widest: Double)
        /// The maximum was reached before that; the widest half-width is given, nil when nothing could be measured.
        case maximum(widest: Double?)
        /// Another block would have lasted longer than all may take together.
        case time(limit: TimeSpan)
    }

    let rule: Repetitions
    let comparedFactor: String?
    let decidingMetrics: [String]
    let seed: UInt64

    private var values: [Variant: [String: [Double]]] = [:]

    init(rule: Repetitions, comparedFactor: String?, decidingMetrics: [String], seed: UInt64) {
        self.rule = rule
        self.comparedFactor = comparedFactor
        self.decidingMetrics = decidingMetrics
        self.seed = seed
    }

    /// Takes a trial's numbers in.
    mutating func record(_ measurement: Measurement, of variant: Variant) {
        for metric in decidingMetrics {
            if let value = measurement.value(of: metric) {
                values[variant, default: [:]][metric, default: []].append(value)
            }
        }
    }

    /// After so many blocks: the groups among `open` that end, each with its reason.
    ///
    /// - Parameter end: After how long another block would be over, counted from the first trial.
    func endings(
        afterBlock block: Int, open: [Variant], nextWouldEnd end: Duration = .zero
    ) -> [(group: String, variants: [Variant], ending: Ending)] {
        guard block >= rule.minimum else { return [] }
        let groups = Dictionary(grouping: open) { $0.group(without: comparedFactor) }
        return groups.sorted { $0.key < $1.key }.compactMap { group, variants in
            // A variant that fails every time has no width; it must not keep the others going for nothing.
            let widths = variants.flatMap(halfWidths)
            let widest = widths.contains(nil) ? nil : widths.compactMap(\.self).max()
            if let target = rule.untilRelativeHalfWidth?.fraction, let widest, widest <= target {
                return (group, variants, .precise(widest: widest))
            }
            if block >= rule.maximum { return (group, variants, .maximum(widest: widest)) }
            // All at once: a part of a block would not be measured beside the rest.
            return rule.within.flatMap { end > $0.duration ? (group, variants, .time(limit: $0)) : nil }
        }
    }

    /// Nil stands for an interval that is not known yet.
    private func halfWidths(of variant: Variant) -> [Double?] {
        (values[variant] ?? [:]).sorted { $0.key < $1.key }.map {
            Precision.relativeHalfWidth(of: $0.value, seed: seed)
        }
    }
}
