internal import Histogram

/// Counts latencies from 1 ns to 120 s, each kept to three significant digits.
///
/// A value type over HdrHistogram. All memory (about 220 KiB) is taken by `init`; `record` allocates nothing while the
/// histogram has one owner, so that a hot loop can call it between two sends. Histograms of several trials are merged,
/// and percentiles read from the merged one: percentiles must never be averaged.
public struct LatencyHistogram: Sendable, Equatable {
    /// The smallest latency that is told apart: 1 ns.
    public static let lowestNanoseconds: UInt64 = 1

    /// The largest latency that is told apart: 120 s.
    public static let highestNanoseconds: UInt64 = 120_000_000_000

    /// The relative error of every reported value is below 10 to the minus this.
    public static let significantDigits = 3

    /// How many recorded values were out of range and count as the nearest end of it.
    public internal(set) var clamped: UInt64 = 0

    var recorded = Histogram<UInt64>(
        lowestDiscernibleValue: lowestNanoseconds,
        highestTrackableValue: highestNanoseconds,
        numberOfSignificantValueDigits: .three
    )

    /// Makes an empty histogram.
    public init() {}

    /// Counts one latency; values outside 1 ns...120 s count as the nearer end, and in `clamped`.
    public mutating func record(nanoseconds: UInt64) {
        // One comparison for both ends: 0 wraps round to the largest number.
        if nanoseconds &- Self.lowestNanoseconds <= Self.highestNanoseconds - Self.lowestNanoseconds {
            recorded.record(nanoseconds)
        } else {
            recorded.record(nanoseconds == 0 ? Self.lowestNanoseconds : Self.highestNanoseconds)
            clamped &+= 1
        }
    }

    /// Adds all that another histogram has counted: the same as recording its latencies one by one.
    public mutating func merge(_ other: LatencyHistogram) {
        recorded.add(other.recorded)
        clamped &+= other.clamped
    }

    /// How many latencies were recorded.
    public var count: UInt64 {
        recorded.totalCount
    }

    /// The smallest recorded latency in nanoseconds, exactly; 0 when `count` is 0.
    public var min: UInt64 {
        recorded.min
    }

    /// The largest recorded latency in nanoseconds, exactly; 0 when `count` is 0.
    public var max: UInt64 {
        recorded.maxRecorded
    }

    /// The mean in nanoseconds, to three significant digits; 0 when `count` is 0.
    public var mean: Double {
        guard count > 0 else { return 0 }
        var sum = 0.0
        forEachBucket { value, count in
            sum += Double(recorded.medianEquivalentForValue(value)) * Double(count)
        }
        // The middle of the outer buckets may lie outside what was recorded.
        return Swift.min(Swift.max(sum / Double(count), Double(min)), Double(max))
    }

    /// The latency in nanoseconds that a percentage of the recorded ones does not exceed; 0 when `count` is 0.
    ///
    /// - Parameter percentage: 0...100; numbers outside count as the nearer end.
    public func percentile(_ percentage: Double) -> UInt64 {
        guard count > 0, !percentage.isNaN else { return 0 }
        return recorded.valueAtPercentile(Swift.min(Swift.max(percentage, 0), 100))
    }

    /// Every bucket that holds something, by rising value: the largest latency of the bucket, and how many it holds.
    ///
    /// The last value is the recorded maximum itself.
    public var buckets: [(value: UInt64, count: UInt64)] {
        var result: [(value: UInt64, count: UInt64)] = []
        forEachBucket { value, count in
            result.append((value: Swift.min(recorded.highestEquivalentForValue(value), max), count: count))
        }
        return result
    }

    /// Visits the filled buckets by their lowest value.
    ///
    /// HdrHistogram's own iterator also sums value times count in 64 bits, and traps when a stored text makes that
    /// overflow.
    private func forEachBucket(_ body: (_ lowest: UInt64, _ count: UInt64) -> Void) {
        guard count > 0 else { return }
        var value = recorded.lowestEquivalentForValue(min)
        while value <= max {
            let count = recorded.countForValue(value)
            if count > 0 { body(value, count) }
            value = recorded.nextNonEquivalentForValue(value)
        }
    }
}
