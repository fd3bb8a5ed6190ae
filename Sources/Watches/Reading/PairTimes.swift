import Statistics

/// Times of several checks or windows together.
public enum PairTimes {
    /// Adds up bucket numbers and counts by turns, as windows have them.
    public static func merged(_ all: [[Int]]) -> [Int] {
        var counts: [Int: Int] = [:]
        for pairs in all {
            for index in stride(from: 0, to: pairs.count - 1, by: 2) {
                counts[pairs[index], default: 0] += pairs[index + 1]
            }
        }
        return counts.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    }

    /// The time below which a share of them lies, in seconds; nil for none.
    public static func seconds(_ share: Double, of pairs: [Int]) -> Double? {
        LogBuckets.quantile(share, of: pairs).map { Double($0) / 1e9 }
    }
}
