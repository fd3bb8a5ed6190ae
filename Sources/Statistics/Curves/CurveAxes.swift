internal import Foundation

/// How a curve is read between its points: straight, on axes that are linear or logarithmic.
public struct CurveAxes: Sendable, Hashable {
    /// Whether sizes are read by their logarithms.
    public let isXLogarithmic: Bool

    /// Whether values are read by their logarithms.
    public let isYLogarithmic: Bool

    /// Axes of a kind; what lies on a logarithmic axis has to be above 0.
    public init(isXLogarithmic: Bool, isYLogarithmic: Bool) {
        self.isXLogarithmic = isXLogarithmic
        self.isYLogarithmic = isYLogarithmic
    }

    /// The axes that show these numbers best: logarithmic where sizes span more than one decade, or values more than
    /// a factor of five.
    ///
    /// On such an axis of sizes alone even steady growth would look like a sudden rise at the end.
    ///
    /// An axis with a number that is 0, negative or not finite is linear.
    public init(sizes: [Double], values: [Double]) {
        isXLogarithmic = Self.spans(sizes, moreThan: 10)
        isYLogarithmic = Self.spans(values, moreThan: 5)
    }

    private static func spans(_ numbers: [Double], moreThan factor: Double) -> Bool {
        guard let low = numbers.min(), let high = numbers.max(), numbers.allSatisfy(\.isFinite) else { return false }
        return low > 0 && high / low > factor
    }

    func along(_ size: Double) -> Double { isXLogarithmic ? log(size) : size }
    func up(_ value: Double) -> Double { isYLogarithmic ? log(value) : value }
    func size(at place: Double) -> Double { isXLogarithmic && place.isFinite ? exp(place) : place }
    func value(at place: Double) -> Double { isYLogarithmic ? exp(place) : place }
}
