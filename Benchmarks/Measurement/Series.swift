import Statistics

/// One figure, measured once in each block; nothing in a block where it failed.
struct Series: Sendable {
    private(set) var values: [Double?] = []

    mutating func append(_ value: Double?) {
        values.append(value)
    }

    private var measured: [Double] { values.compactMap { $0 } }

    var n: Int { measured.count }

    var median: Double? { Descriptive.median(measured) }

    /// The distance of the quartiles as a fraction of the median.
    var spread: Double? {
        guard let median, median != 0, n > 1, let lower = Descriptive.quantile(measured, 0.25),
            let upper = Descriptive.quantile(measured, 0.75)
        else { return nil }
        return (upper - lower) / median
    }

    /// This over another series, block by block, because both of a block saw the same machine: `1.012 [1.004, 1.019]`.
    ///
    /// The median of the blocks' ratios, and its bootstrap interval at 95 %.
    func ratio(to other: Series, seed: UInt64) -> String {
        let ratios = zip(values, other.values).compactMap { ours, theirs -> Double? in
            guard let ours, let theirs, theirs != 0 else { return nil }
            return ours / theirs
        }
        guard let median = Descriptive.median(ratios),
            let interval = Bootstrap.medianInterval(ratios, seed: seed)
        else { return "-" }
        return "\(Figure.text(median)) [\(Figure.text(interval.lower)), \(Figure.text(interval.upper))]"
    }
}
