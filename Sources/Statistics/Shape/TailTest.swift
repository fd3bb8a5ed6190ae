/// Whether the outer values come from one side more often than from the other.
///
/// The quantile test of Johnson, Verrill and Moore (1987): of the outer quarter of all values, how many are of each
/// side? Exact for every distribution, by Fisher's test.
enum TailTest {
    /// An end of the sorted values.
    enum End {
        /// The small values.
        case lower
        /// The large values.
        case upper
    }

    /// The quantile at which a tail's size is taken: the middle of the outer quarter.
    static let fraction = 0.125

    /// The two-sided p-value; 1 when a side is empty.
    static func pValue(_ base: [Double], _ candidate: [Double], at end: End) -> Double {
        let all = (base + candidate).sorted()
        let outer = Self.outer(all.count)
        guard outer < all.count else { return 1 }
        let limit = end == .lower ? all[outer - 1] : all[all.count - outer]
        // Equal values are all in or all out, whichever side they are of.
        func count(_ values: [Double]) -> Int { values.count { end == .lower ? $0 <= limit : $0 >= limit } }
        return FisherExact.pValue(count(base), of: base.count, count(candidate), of: candidate.count)
    }

    /// The smallest p-value that sides without equal values can give.
    static func smallestPValue(_ n: Int, _ m: Int) -> Double {
        let outer = outer(n + m)
        func p(_ a: Int) -> Double { FisherExact.pValue(a, of: n, outer - a, of: m) }
        return min(p(min(outer, n)), p(max(0, outer - m)))
    }

    /// How many values are the outer ones of so many.
    private static func outer(_ count: Int) -> Int { max(1, Int((Double(count) / 4).rounded())) }

    /// The value in the middle of a side's outer quarter; `nil` without values.
    static func value(_ values: [Double], at end: End) -> Double? {
        Descriptive.quantile(values, end == .lower ? fraction : 1 - fraction)
    }
}
