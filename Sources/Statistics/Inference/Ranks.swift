/// The ranks of two samples in their common order, ties sharing the mean of their ranks.
struct Ranks {
    /// Twice the rank of every value of both samples, by rising value: twice, so that shared ranks stay whole numbers.
    let doubled: [Int]

    /// Twice the sum of the ranks of the first sample.
    let doubledSum: Int

    /// The sum of t^3 - t over all groups of t equal values; 0 without ties.
    let tieTerm: Double

    init(_ a: [Double], _ b: [Double]) {
        let all = (a.map { (value: $0, isFirst: true) } + b.map { (value: $0, isFirst: false) })
            .sorted { $0.value < $1.value }
        var doubled = [Int](repeating: 0, count: all.count)
        var sum = 0
        var ties = 0.0
        var start = 0
        while start < all.count {
            var end = start + 1
            while end < all.count, all[end].value == all[start].value { end += 1 }
            let size = Double(end - start)
            ties += size * size * size - size
            for position in start..<end {
                // The ranks from start + 1 to end share their mean, (start + 1 + end) / 2.
                doubled[position] = start + end + 1
                if all[position].isFirst { sum += doubled[position] }
            }
            start = end
        }
        self.doubled = doubled
        doubledSum = sum
        tieTerm = ties
    }

    /// Whether any value occurs twice.
    var hasTies: Bool {
        tieTerm > 0
    }
}
