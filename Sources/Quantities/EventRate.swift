/// Events per second, such as requests that an open-loop probe sends.
public struct EventRate: Quantity, Comparable, Codable {
    /// Events per second, finite and 0 or more.
    public let perSecond: Double

    /// A rate of so many events per second; what is negative or not finite counts as 0.
    public init(perSecond: Double) {
        self.perSecond = perSecond.isFinite ? max(0, perSecond) : 0
    }

    /// Reads a number followed by `/s` or `/m`.
    public init(parsing text: String) throws(QuantityError) {
        let parts = try UnitText(text, units: ["/s", "/m"], expectation: Self.expectation)
        let value = try parts.double()
        self.init(perSecond: parts.unit == "/m" ? value / 60 : value)
    }

    /// How a rate of events has to be written.
    public static let expectation = "a rate of events, such as 5000/s or 90/m"

    /// A whole number per second where it is one, and otherwise the shorter of `/s` and `/m` that reads back the same.
    public var description: String {
        let inSeconds = "\(DecimalNumber(perSecond).digits(timesTenTo: 0))/s"
        let minutes = perSecond * 60
        guard perSecond.rounded() != perSecond, minutes / 60 == perSecond else { return inSeconds }
        return shortest([inSeconds, "\(DecimalNumber(minutes).digits(timesTenTo: 0))/m"])
    }

    /// The slower one first.
    public static func < (left: EventRate, right: EventRate) -> Bool { left.perSecond < right.perSecond }
}
