internal import Foundation

/// The rank-sum test of Wilcoxon (1945) and Mann and Whitney (1947) for a tendency to larger values.
///
/// No distribution is assumed. The p-value is two-sided: twice the smaller tail, at most 1, as SciPy's and R's.
public enum MannWhitney {
    /// How a p-value was found.
    public enum Method: String, Sendable, Hashable, Codable {
        /// All arrangements of the ranks were counted.
        case exact

        /// The normal approximation, with the corrections for ties and for continuity.
        case normal
    }

    /// The outcome of a test.
    public struct Result: Sendable, Equatable, Codable {
        /// How many pairs have the value of `a` above that of `b`, equal values counting one half.
        public let u: Double

        /// The two-sided p-value.
        public let pValue: Double

        /// How the p-value was found.
        public let method: Method
    }

    /// With ties, exact up to this product of the sizes; counting takes work that grows with its square.
    static let largestProductWithTies = 400

    /// Tests whether `a` and `b` come from one distribution.
    ///
    /// Exact without ties up to a product of the sizes of 625 (25 and 25), and with ties up to 400 (20 and 20), by the
    /// permutation distribution of the very ranks at hand (Streitberg and Röhmel 1986). Beyond: the normal
    /// approximation. Infinite values have a rank as any other; values that are not numbers are left out. An empty side
    /// gives p = 1.
    public static func test(_ a: [Double], _ b: [Double]) -> Result {
        let a = a.filter { !$0.isNaN }
        let b = b.filter { !$0.isNaN }
        guard !a.isEmpty, !b.isEmpty else { return Result(u: 0, pValue: 1, method: .exact) }
        let ranks = Ranks(a, b)
        let u = Double(ranks.doubledSum) / 2 - Double(a.count * (a.count + 1)) / 2
        if ranks.hasTies {
            if a.count * b.count <= largestProductWithTies {
                return Result(u: u, pValue: permutationPValue(ranks, a.count), method: .exact)
            }
        } else if let distribution = RankSumDistribution(a.count, b.count) {
            // Without ties U is a whole number.
            let smaller = Int(min(u, Double(a.count * b.count) - u))
            return Result(u: u, pValue: min(1, 2 * distribution.lowerTail(smaller)), method: .exact)
        }
        return Result(u: u, pValue: normalPValue(u, ranks, a.count, b.count), method: .normal)
    }

    /// The smallest two-sided p-value that sizes can reach: 2 / (n + m choose n), at most 1.
    ///
    /// 0.1 for 3 and 3, 0.029 for 4 and 4, 0.0079 for 5 and 5.
    public static func smallestPValue(_ n: Int, _ m: Int) -> Double {
        guard n > 0, m > 0 else { return 1 }
        return min(1, 2 / Combinations.choose(n + m, n))
    }

    /// The smallest number of values on each side that can reach a p-value below a level.
    ///
    /// `nil` when the level is not above 0.
    public static func valuesNeeded(below level: Double) -> Int? {
        guard level > 0 else { return nil }
        var n = 1
        while smallestPValue(n, n) >= level { n += 1 }
        return n
    }

    /// Counts how many of all ways to deal out the ranks reach a sum as extreme as the one seen.
    private static func permutationPValue(_ ranks: Ranks, _ size: Int) -> Double {
        let all = ranks.doubled
        // The smaller side is counted: its sums are as extreme as those of the other, and there are fewer of them.
        let chosen = min(size, all.count - size)
        let total = all.reduce(0, +)
        // Sums begin at 0 when the smallest rank does, which makes the table narrower.
        let shift = all[0]
        let observed = (size == chosen ? ranks.doubledSum : total - ranks.doubledSum) - shift * chosen
        let steps = all.map { $0 - shift }
        let width = steps.suffix(chosen).reduce(0, +) + 1
        // ways[j * width + s]: the number of ways to choose j ranks with the sum s.
        var ways = [Double](repeating: 0, count: (chosen + 1) * width)
        ways[0] = 1
        ways.withUnsafeMutableBufferPointer { ways in
            var reach = 0
            for (index, step) in steps.enumerated() {
                reach = min(width - 1, reach + step)
                // Downwards, so that each rank is chosen at most once.
                for j in stride(from: min(index + 1, chosen), to: 0, by: -1) {
                    let to = j * width
                    let from = to - width - step
                    var sum = step
                    while sum <= reach {
                        ways[to + sum] += ways[from + sum]
                        sum += 1
                    }
                }
            }
        }
        let row = ways[(chosen * width)...]
        let lower = row.prefix(observed + 1).reduce(0, +)
        let upper = row.dropFirst(observed).reduce(0, +)
        return min(1, 2 * min(lower, upper) / Combinations.choose(all.count, chosen))
    }

    private static func normalPValue(_ u: Double, _ ranks: Ranks, _ n: Int, _ m: Int) -> Double {
        let pairs = Double(n) * Double(m)
        let all = Double(n + m)
        // The variance of U with ties: nm/12 · (N + 1 - Σ(t³ - t) / (N(N - 1))), over the groups of t equal values.
        let variance = pairs / 12 * (all + 1 - ranks.tieTerm / (all * (all - 1)))
        // All values equal: nothing tells the samples apart.
        guard variance > 0 else { return 1 }
        // Half a step for continuity, but never past the mean.
        let distance = max(0, abs(u - pairs / 2) - 0.5)
        return NormalDistribution.twoSidedTail(distance / variance.squareRoot())
    }
}
