/// A part of a whole, written as a percentage.
public struct Ratio: Quantity, Comparable, Codable {
    /// The part as a fraction: 5% is 0.05; finite and 0 or more.
    public let fraction: Double

    /// A ratio of that fraction; what is negative or not finite counts as 0.
    public init(fraction: Double) {
        self.fraction = fraction.isFinite ? max(0, fraction) : 0
    }

    /// Reads a number followed by `%`.
    public init(parsing text: String) throws(QuantityError) {
        let parts = try UnitText(text, units: ["%"], expectation: Self.expectation)
        self.init(fraction: try parts.double(timesTenTo: -2))
    }

    /// How a percentage has to be written.
    public static let expectation = "a percentage, such as 5% or 0.5%"

    /// The percentage, such as `0.5%`.
    public var description: String {
        "\(DecimalNumber(fraction).digits(timesTenTo: 2))%"
    }

    /// The smaller one first.
    public static func < (left: Ratio, right: Ratio) -> Bool { left.fraction < right.fraction }
}
