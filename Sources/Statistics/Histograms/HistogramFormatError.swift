/// Why a text is not a latency histogram.
public enum HistogramFormatError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text is not JSON, or not an object with the expected members.
    case notAHistogram(reason: String)

    /// The values are in another unit.
    case unsupportedUnit(String)

    /// The buckets were made with another precision.
    case unsupportedPrecision(Int)

    /// One entry of `counts` makes no sense.
    case badBucket(index: Int, reason: String)

    /// The minimum or maximum does not lie in the first or last bucket.
    case extremesOutsideBuckets

    /// What is wrong, and what would be right.
    public var description: String {
        switch self {
        case .notAHistogram(let reason):
            "read histogram: not a histogram: \(reason); expected {\"unit\":\"ns\",\"significantDigits\":3,"
                + "\"counts\":[[value,count],…]}"
        case .unsupportedUnit(let unit):
            "read histogram: the unit is \"\(unit)\"; only \"ns\" is known: convert the values first"
        case .unsupportedPrecision(let digits):
            "read histogram: made with \(digits) significant digits; only 3 can be merged: record it again"
        case .badBucket(let index, let reason):
            "read histogram: counts[\(index)] \(reason); the text was changed or cut: use the stored original"
        case .extremesOutsideBuckets:
            "read histogram: minimum and maximum must lie in the first and last bucket; the text was changed: "
                + "use the stored original"
        }
    }
}
