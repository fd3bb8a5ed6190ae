/// The exact test of Fisher (1935) for whether a property is as frequent on one side as on the other.
public enum FisherExact {
    /// The two-sided p-value of a table: `a` of `n` on the one side have the property, and `b` of `m` on the other.
    ///
    /// Twice the smaller tail of the hypergeometric distribution, at most 1. 1 where the counts are none of such a
    /// table.
    public static func pValue(_ a: Int, of n: Int, _ b: Int, of m: Int) -> Double {
        guard a >= 0, b >= 0, a <= n, b <= m, n > 0, m > 0 else { return 1 }
        let drawn = a + b
        let range = max(0, drawn - m)...min(n, drawn)
        // With all sums of rows and columns given, one cell decides the others, and is hypergeometric.
        let ways = range.map { count in
            Combinations.logChoose(n, count) + Combinations.logChoose(m, drawn - count)
        }
        let all = Combinations.logChoose(n + m, drawn)
        var lower = 0.0
        var upper = 0.0
        for (count, way) in zip(range, ways) {
            let probability = Combinations.exponential(way - all)
            if count <= a { lower += probability }
            if count >= a { upper += probability }
        }
        // R adds up all tables that are no likelier instead; twice the smaller tail is what the rank test does, too.
        return min(1, 2 * min(lower, upper))
    }
}
