internal import Foundation

/// Two groups that the values of one side fall into, such as trials at full and at half the rate.
///
/// A median, and a test that looks at it, sees nothing of a smaller group; whoever waits for such a trial does.
public struct TwoGroups: Sendable, Equatable, Codable {
    /// The values on one side of the gap.
    public struct Group: Sendable, Equatable, Codable {
        /// How many there are.
        public let count: Int

        /// Their median.
        public let median: Double
    }

    /// The group of the smaller values.
    public let lower: Group

    /// The group of the larger values.
    public let upper: Group

    /// The middle of the gap, which tells the groups apart.
    public let boundary: Double

    /// Fewer values than this are never called two groups.
    public static let fewestValues = 6

    /// Fewer values than this are no group: one value far from the others is an outlier.
    static let fewestInGroup = 2

    /// Finds two groups; `nil` where the values are one group, are few, or not all finite.
    ///
    /// Of all ways to cut the sorted values in two, each part with two values or more, the one with the widest gap in
    /// units of the scatter within the parts. They are two groups when that gap is more than 4 + 18 / n such units:
    /// few values show wide gaps by chance. On logarithms when all values are above 0.
    public static func find(in values: [Double]) -> TwoGroups? {
        guard values.count >= fewestValues, values.allSatisfy(\.isFinite) else { return nil }
        let sorted = values.sorted()
        let scaled = sorted[0] > 0 ? sorted.map { log($0) } : sorted
        var best: (cut: Int, separation: Double)?
        for cut in fewestInGroup...(values.count - fewestInGroup) {
            let gap = scaled[cut] - scaled[cut - 1]
            guard gap > 0 else { continue }
            let scatter = Self.scatter(scaled[..<cut], scaled[cut...])
            let separation = scatter > 0 ? gap / scatter : .infinity
            if separation > best?.separation ?? 0 { best = (cut, separation) }
        }
        guard let best, best.separation > 4 + 18 / Double(values.count) else { return nil }
        return TwoGroups(sorted: sorted, cut: best.cut)
    }

    private init?(sorted: [Double], cut: Int) {
        guard let low = Descriptive.median(Array(sorted[..<cut])), let high = Descriptive.median(Array(sorted[cut...]))
        else { return nil }
        lower = Group(count: cut, median: low)
        upper = Group(count: sorted.count - cut, median: high)
        // Halved before they are added: the sum of two large values could be infinite.
        boundary = sorted[cut - 1] / 2 + sorted[cut] / 2
    }

    /// The pooled standard deviation within two parts (divisor n - 2).
    private static func scatter(_ lower: ArraySlice<Double>, _ upper: ArraySlice<Double>) -> Double {
        let squares = [lower, upper].reduce(0.0) { sum, part in
            let mean = part.reduce(0, +) / Double(part.count)
            return sum + part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        return (squares / Double(lower.count + upper.count - 2)).squareRoot()
    }
}
