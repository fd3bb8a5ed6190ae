/// One side of a comparison: its values, their median, and how sure the median is.
public struct Summary: Sendable, Equatable, Codable {
    /// How many values there are.
    public let n: Int

    /// The median; `nil` without values.
    public let median: Double?

    /// The bootstrap interval of the median; `nil` without values.
    public let interval: Interval?

    /// The finite values, in the order in which they came.
    public let values: [Double]

    /// Summarises values; those that are not finite are left out, so that every summary can be written as JSON.
    public init(_ values: [Double], confidence: Double = 0.95, seed: UInt64 = 0) {
        let finite = values.filter(\.isFinite)
        self.values = finite
        n = finite.count
        median = Descriptive.median(finite)
        interval = Bootstrap.medianInterval(finite, confidence: confidence, seed: seed)
    }
}
