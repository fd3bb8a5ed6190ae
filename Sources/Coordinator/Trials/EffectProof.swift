import Contract
import Foundation

/// Whether a condition did what was asked of it; pure.
///
/// A condition that is not effective makes its trial `invalid`: what was measured was measured under something else.
enum EffectProof {
    /// Beyond so many standard deviations a number of losses is no chance: once in 15,000 trials.
    static let deviations = 4.0
    /// Readings of a round trip until one of them has to be as asked.
    static let readings = 3
    /// Fewer expected losses than this say nothing.
    static let leastLosses = 5.0

    /// Why a round trip is not what was asked for, or nil; times in seconds, nil where nothing came back.
    static func roundTrip(before: Double, during: Double?, _ effect: ExpectedEffect) -> String? {
        guard let range = effect.addedRoundTrip else { return nil }
        guard let during else { return "no packet came back while it was applied" }
        guard !range.contains(during - before) else { return nil }
        return "it added \(milliseconds(during - before)) to a round trip of \(milliseconds(before)), and "
            + "\(milliseconds(range.lowerBound)) to \(milliseconds(range.upperBound)) were asked for"
    }

    /// Why a path is not what it was before, or nil.
    static func restored(before: Double, after: Double?, _ effect: ExpectedEffect) -> String? {
        guard let range = effect.addedRoundTrip else { return nil }
        guard let after else { return "no packet came back after it was undone" }
        guard after - before >= range.lowerBound / 2 else { return nil }
        return "a round trip still took \(milliseconds(after)) after it was undone, and \(milliseconds(before)) before"
    }

    /// Why so many losses of so many packets are not what was asked for, or nil.
    static func losses(_ lost: Double, of packets: Double, _ effect: ExpectedEffect) -> String? {
        guard let share = effect.loss, packets * share >= leastLosses else { return nil }
        let spread = (packets * share * (1 - share) * effect.lossDispersion).squareRoot()
        guard abs(lost - packets * share) > deviations * spread + 1 else { return nil }
        return "it lost \(Int(lost)) of \(Int(packets)) packets, and \(share * 100) % were asked for"
    }

    private static func milliseconds(_ seconds: Double) -> String { String(format: "%.3f ms", seconds * 1_000) }
}
