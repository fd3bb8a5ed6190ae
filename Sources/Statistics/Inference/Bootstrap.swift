/// Bootstrap confidence intervals (Efron 1979).
public enum Bootstrap {
    /// Up to this many values the distribution is computed exactly, and neither resamples nor a seed are used.
    public static let exactLimit = 300

    /// The percentile bootstrap interval of the median; `nil` without values, or when one is not finite.
    ///
    /// Up to `exactLimit` values the bootstrap distribution of the median is computed in closed form: the result is
    /// what resampling converges to, free of its noise, and faster. Beyond that, `resamples` are drawn from `seed`.
    ///
    /// No interval from fewer than 6 values reaches 95 %: even all that lies between the smallest and the largest of n
    /// values covers the true median with a probability of only 1 - 2^(1 - n), 94 % for n = 5. The interval is then
    /// still the percentile interval, and shows the spread rather than a confidence.
    public static func medianInterval(
        _ values: [Double],
        confidence: Double = 0.95,
        resamples: Int = 2_000,
        seed: UInt64
    ) -> Interval? {
        guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
        let sorted = values.sorted()
        let tail = (1 - min(max(confidence, 0), 1)) / 2
        if sorted.count <= exactLimit {
            let distribution = MedianDistribution(sorted: sorted)
            return Interval(lower: distribution.quantile(tail), upper: distribution.quantile(1 - tail))
        }
        let medians = resampledMedians(sorted: sorted, resamples: max(1, resamples), seed: seed)
        return Interval(
            lower: Descriptive.quantile(sorted: medians, tail),
            upper: Descriptive.quantile(sorted: medians, 1 - tail)
        )
    }

    /// The sorted medians of resamples.
    ///
    /// Each resample is kept as how often every sorted value was drawn: its median is then a walk, not a sort.
    static func resampledMedians(sorted: [Double], resamples: Int, seed: UInt64) -> [Double] {
        let n = sorted.count
        var generator = SeededGenerator(seed: seed)
        var draws = [Int](repeating: 0, count: n)
        var medians: [Double] = []
        medians.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for position in draws.indices { draws[position] = 0 }
            for _ in 0..<n { draws[generator.index(below: n)] += 1 }
            var position = 0
            var passed = draws[0]
            // The lower middle value, then the upper one; with an odd n both are the same.
            while passed < (n + 1) / 2 {
                position += 1
                passed += draws[position]
            }
            var upper = position
            while passed < n / 2 + 1 {
                upper += 1
                passed += draws[upper]
            }
            medians.append((sorted[position] + sorted[upper]) / 2)
        }
        return medians.sorted()
    }
}
