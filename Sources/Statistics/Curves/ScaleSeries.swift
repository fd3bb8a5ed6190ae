/// The values of one thing at growing sizes: the trials behind one curve.
public struct ScaleSeries: Sendable, Equatable {
    /// The trials at one size.
    public struct Point: Sendable, Equatable {
        /// The size.
        public let x: Double

        /// One finite value a trial; empty where nothing was measured, which is a gap and never 0.
        public let values: [Double]

        /// The trials at one size; values that are not finite are left out.
        public init(x: Double, values: [Double]) {
            self.x = x
            self.values = values.filter(\.isFinite)
        }

        /// The median; `nil` in a gap.
        public var median: Double? { Descriptive.median(values) }
    }

    /// The points by growing size, each size once.
    public let points: [Point]

    /// Sorts the points; sizes that are not finite are left out, and the trials of equal sizes are joined.
    public init(_ points: [Point]) {
        let bySize = Dictionary(grouping: points.filter { $0.x.isFinite }, by: \.x)
        self.points = bySize.map { x, same in Point(x: x, values: same.flatMap(\.values)) }.sorted { $0.x < $1.x }
    }
}
