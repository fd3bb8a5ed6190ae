package import Contract

/// Whether a condition did what was asked of it; pure.
///
/// A condition that is not effective makes its trial `invalid`: what was measured was measured under something else.
package enum EffectProof {
    /// Beyond so many standard deviations a number of losses is no chance: once in 15,000 trials.
    package static let deviations = 4.0
    /// Readings of a path until one of them has to be as asked.
    package static let readings = 3
    /// Fewer expected cases than this say nothing.
    package static let leastCases = 5.0
    /// The normal deviate of an interval that has the true share in it 99 times of 100.
    static let deviate = 2.575_829
    /// How far a rate may be from what was asked.
    static let rateTolerance = 0.05

    /// Why a path under a condition is not what was asked for, or nil; `before` is the same path without it.
    package static func problem(before: PathReading, during: PathReading, _ effect: ExpectedEffect) -> String? {
        if effect.isSilence {
            return during.answered == 0
                ? nil : "\(during.answered) of \(during.sent) packets came back, and none should"
        }
        if let range = effect.spoiled, interval(before.spoiled, of: before.sent).lowerBound > range.upperBound / 4 {
            return
                "\(before.spoiled) of \(before.sent) packets had no whole answer before it was applied, so that nothing "
                + "can be told of what it loses"
        }
        if let reason = roundTrip(before: before.least ?? 0, during: during.telling(of: effect), effect) {
            return reason
        }
        let dispersion = effect.spoiled != nil ? effect.lossDispersion : 1
        if let range = effect.spoiled,
            let reason = share(during.spoiled, of: during.sent, range, "had no whole answer", dispersion)
        {
            return reason
        }
        if let range = effect.duplicated,
            let reason = share(during.duplicated, of: during.sent, range, "came back more than once")
        {
            return reason
        }
        if let range = effect.overtaking,
            let reason = share(during.overtaking, of: during.sent, range, "overtook others")
        {
            return reason
        }
        return effect.rate.flatMap { rate(during.rate, sent: during.sentRate, $0) }
    }

    /// Why a path is not what it was before, or nil.
    package static func restored(before: PathReading, after: PathReading, _ effect: ExpectedEffect) -> String? {
        guard after.answered > 0 else {
            return effect.isMeasurable ? "no packet came back after it was undone" : nil
        }
        if let trip = before.least, let reason = restored(before: trip, after: after.telling(of: effect), effect) {
            return reason
        }
        let shares = [
            (effect.spoiled, before.spoiled, after.spoiled, "had no whole answer"),
            (effect.duplicated, before.duplicated, after.duplicated, "came back more than once"),
            (effect.overtaking, before.overtaking, after.overtaking, "overtook others"),
        ]
        for (range, earlier, later, words) in shares {
            guard let range, range.lowerBound * Double(after.sent) >= leastCases else { continue }
            // Half of what it did, and more than there was before.
            if Double(later) >= Double(after.sent) * range.lowerBound / 2, later > earlier {
                return "\(later) of \(after.sent) packets still \(words) after it was undone, and \(earlier) before"
            }
        }
        guard let rate = effect.rate, let earlier = before.rate, let later = after.rate, earlier > rate * 1.2 else {
            return nil
        }
        return later > rate * 1.1
            ? nil : "packets still came at \(megabits(later)) after it was undone, and at \(megabits(earlier)) before"
    }

    /// Why a round trip is not what was asked for, or nil; times in seconds, nil where nothing came back.
    static func roundTrip(before: Double, during: Double?, _ effect: ExpectedEffect) -> String? {
        guard let range = effect.addedRoundTrip else { return nil }
        guard let during else { return "no packet came back while it was applied" }
        guard !range.contains(during - before) else { return nil }
        return "it added \(milliseconds(during - before)) to a round trip of \(milliseconds(before)), and "
            + "\(milliseconds(range.lowerBound)) to \(milliseconds(range.upperBound)) were asked for"
    }

    /// Why a round trip is not what it was before, or nil.
    static func restored(before: Double, after: Double?, _ effect: ExpectedEffect) -> String? {
        guard let range = effect.addedRoundTrip else { return nil }
        guard let after else { return "no packet came back after it was undone" }
        // Where some packets may not be delayed at all, half of what they are on average.
        let half = range.lowerBound > 0 ? range.lowerBound / 2 : (range.lowerBound + range.upperBound) / 4
        guard after - before >= half else { return nil }
        return "a round trip still took \(milliseconds(after)) after it was undone, and \(milliseconds(before)) before"
    }

    /// Why so many of so many packets are not what was asked for, or nil: their interval of 99 % does not meet the range.
    static func share(
        _ cases: Int, of packets: Int, _ range: ClosedRange<Double>, _ words: String, _ dispersion: Double = 1
    ) -> String? {
        guard packets > 0, range.upperBound * Double(packets) >= leastCases else { return nil }
        let found = interval(cases, of: packets, dispersion)
        guard !found.overlaps(range) else { return nil }
        let asked =
            range.lowerBound == range.upperBound
            ? percent(range.upperBound) : "\(percent(range.lowerBound)) to \(percent(range.upperBound))"
        return "\(cases) of \(packets) packets \(words) (\(percent(found.lowerBound)) to \(percent(found.upperBound)) "
            + "with 99 % confidence), and \(asked) were asked for"
    }

    /// Wilson's interval of a share, which holds near 0 and 1, too; cases that come in bursts are as good as fewer.
    static func interval(_ cases: Int, of packets: Int, _ dispersion: Double = 1) -> ClosedRange<Double> {
        let n = Double(packets) / max(1, dispersion)
        guard n > 0, n.isFinite else { return 0...1 }
        let share = Double(cases) / Double(packets)
        let square = deviate * deviate
        let middle = (share + square / (2 * n)) / (1 + square / n)
        let half = deviate / (1 + square / n) * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
        return max(0, middle - half)...min(1, max(middle + half, 0))
    }

    /// Whether packets were sent too slowly to tell of a rate.
    package static func isTooSlow(_ reading: PathReading, _ effect: ExpectedEffect) -> Bool {
        guard let asked = effect.rate else { return false }
        return (reading.sentRate ?? 0) < asked * (1 + rateTolerance)
    }

    /// Why a rate is not what was asked for, or nil.
    static func rate(_ found: Double?, sent: Double?, _ asked: Double) -> String? {
        // Who sends no more than that cannot tell.
        guard let found, let sent, sent >= asked * (1 + rateTolerance) else { return nil }
        guard abs(found - asked) > asked * rateTolerance else { return nil }
        return "packets came at \(megabits(found)), and \(megabits(asked)) were asked for"
    }

    /// Why what an agent counted at a link is not what was asked for, or nil; the kernel's counters know what was lost on purpose,
    /// whoever sent it.
    package static func losses(counted samples: [Sample], _ effect: ExpectedEffect) -> String? {
        for direction in [ShapingDirection.egress, .ingress] {
            let names = [ConditionMetrics.shapedPackets(direction).name, ConditionMetrics.shapedDrops(direction).name]
            let values = names.compactMap { name in samples.first { $0.metric == name }?.value }
            guard values.count == 2 else { continue }
            if let reason = losses(values[1], of: values[0] + values[1], effect) { return reason }
        }
        return nil
    }

    /// Why so many losses of so many packets are not what was asked for, or nil.
    static func losses(_ lost: Double, of packets: Double, _ effect: ExpectedEffect) -> String? {
        guard let share = effect.loss, packets * share >= leastCases else { return nil }
        let spread = (packets * share * (1 - share) * effect.lossDispersion).squareRoot()
        guard abs(lost - packets * share) > deviations * spread + 1 else { return nil }
        return "it lost \(Int(lost)) of \(Int(packets)) packets, and \(share * 100) % were asked for"
    }

    private static func milliseconds(_ seconds: Double) -> String { "\(rounded(seconds * 1_000, 3)) ms" }
    private static func megabits(_ rate: Double) -> String { "\(rounded(rate / 1e6, 3)) Mbit/s" }
    private static func percent(_ share: Double) -> String { "\(rounded(share * 100, 2)) %" }
    private static func rounded(_ value: Double, _ digits: Int) -> String {
        let factor = (0..<digits).reduce(1.0) { product, _ in product * 10 }
        return "\((value * factor).rounded() / factor)"
    }
}

extension PathReading {
    /// What a round trip takes at least, as far as that was seen: a machine that is busy makes all others longer.
    fileprivate var least: Double? { quickest ?? roundTrip }

    /// The round trip that tells of an effect: the quickest, where each has the same added to it, and else the median.
    fileprivate func telling(of effect: ExpectedEffect) -> Double? { effect.isSteady ? least : roundTrip }
}
