/// Buckets for times in nanoseconds, each a sixteenth of a power of two wide: a value is known to within 6.25 %.
///
/// Few numbers hold what one check came to in one window, and those of several windows are added up.
public enum LogBuckets {
    private static let bits = 4
    private static let steps = 1 << bits

    /// How many buckets there are, for every time that 64 bits hold.
    public static let count = (64 - bits + 1) * steps

    /// The bucket that a time falls into.
    public static func bucket(of nanoseconds: UInt64) -> Int {
        guard nanoseconds >= UInt64(steps) else { return Int(nanoseconds) }
        let exponent = 63 - nanoseconds.leadingZeroBitCount
        let step = Int(nanoseconds >> UInt64(exponent - bits)) & (steps - 1)
        return (exponent - bits + 1) * steps + step
    }

    /// The shortest time of a bucket, in nanoseconds.
    public static func lowerBound(of bucket: Int) -> UInt64 {
        guard bucket >= steps else { return UInt64(max(0, bucket)) }
        let exponent = bucket / steps + bits - 1
        guard exponent < 64 else { return .max }
        return UInt64(steps + bucket % steps) << UInt64(exponent - bits)
    }

    /// The middle of a bucket, in nanoseconds.
    public static func middle(of bucket: Int) -> UInt64 {
        let (low, high) = (lowerBound(of: bucket), lowerBound(of: bucket + 1))
        return low + (high - low) / 2
    }

    /// The bucket numbers and counts of times by turns, buckets in order.
    public static func pairs(_ times: [UInt64]) -> [Int] {
        var counts: [Int: Int] = [:]
        for time in times { counts[bucket(of: time), default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    }

    /// The value below which a share of the counted times lies, 0 to 1, in nanoseconds; nil for none.
    public static func quantile(_ share: Double, of pairs: [Int]) -> UInt64? {
        let total = counted(pairs)
        guard total > 0 else { return nil }
        var left = max(1, Int((Double(total) * share).rounded(.up)))
        for index in stride(from: 0, to: pairs.count - 1, by: 2) {
            left -= pairs[index + 1]
            if left <= 0 { return middle(of: pairs[index]) }
        }
        return nil
    }

    /// How many times are counted.
    public static func counted(_ pairs: [Int]) -> Int {
        stride(from: 1, to: pairs.count, by: 2).reduce(0) { $0 + pairs[$1] }
    }

    /// How many of them are longer than a limit.
    public static func longer(than nanoseconds: UInt64, in pairs: [Int]) -> Int {
        let limit = bucket(of: nanoseconds)
        return stride(from: 0, to: pairs.count - 1, by: 2).reduce(0) {
            pairs[$1] > limit ? $0 + pairs[$1 + 1] : $0
        }
    }
}
