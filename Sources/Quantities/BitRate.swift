/// Bits per second, in decimal units: 1 Kbit is 1,000 bits.
public struct BitRate: Quantity, Comparable, Codable {
    /// Bits per second, finite and 0 or more.
    public let bitsPerSecond: Double

    /// A rate of so many bits per second; what is negative or not finite counts as 0.
    public init(bitsPerSecond: Double) {
        self.bitsPerSecond = bitsPerSecond.isFinite ? max(0, bitsPerSecond) : 0
    }

    /// Reads a number with one of the units bit, Kbit, Mbit and Gbit, each with or without `/s`.
    public init(parsing text: String) throws(QuantityError) {
        let names = Self.units.flatMap { [$0.name, "\($0.name)/s"] }
        let parts = try UnitText(text, units: names, expectation: Self.expectation)
        let power = Self.units.first { parts.unit == $0.name || parts.unit == "\($0.name)/s" }?.power ?? 0
        self.init(bitsPerSecond: try parts.double(timesTenTo: power))
    }

    /// How a bit rate has to be written.
    public static let expectation = "a bit rate with a unit, such as 500Kbit, 100Mbit or 1Gbit"

    /// The shortest form with a whole part of at least 1 where there is one, such as `1.5Gbit`.
    public var description: String {
        let decimal = DecimalNumber(bitsPerSecond)
        let forms = Self.units.reversed().map { "\(decimal.digits(timesTenTo: -$0.power))\($0.name)" }
        let readable = forms.filter { $0.first != "0" }
        return readable.isEmpty ? forms[forms.count - 1] : shortest(readable)
    }

    /// The slower one first.
    public static func < (left: BitRate, right: BitRate) -> Bool { left.bitsPerSecond < right.bitsPerSecond }

    private static let units: [(name: String, power: Int)] = [("bit", 0), ("Kbit", 3), ("Mbit", 6), ("Gbit", 9)]
}
