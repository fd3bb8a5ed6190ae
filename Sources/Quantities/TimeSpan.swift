/// A length of time, in whole nanoseconds and never negative.
public struct TimeSpan: Quantity, Comparable, Codable {
    /// Nanoseconds, 0 or more.
    public let nanoseconds: Int64

    /// A span of so many nanoseconds; negative numbers count as 0.
    public init(nanoseconds: Int64) {
        self.nanoseconds = max(0, nanoseconds)
    }

    /// Reads a number with one of the units ns, us, µs, ms, s, m and h; a fraction of a nanosecond is refused.
    public init(parsing text: String) throws(QuantityError) {
        let parts = try UnitText(text, units: Self.units.map(\.name), expectation: Self.expectation)
        let factor = Self.units.first { $0.name == parts.unit }?.nanoseconds ?? 1
        guard let nanoseconds = Int64(exactly: try parts.whole(times: factor, "nanoseconds")) else {
            throw QuantityError(text: text, expectation: Self.expectation, reason: "it is too large")
        }
        self.nanoseconds = nanoseconds
    }

    /// How a duration has to be written.
    public static let expectation = "a duration with a unit, such as 250ms, 1s or 2m"

    /// A span of so many microseconds.
    public static func microseconds(_ count: Int64) -> TimeSpan { span(count, times: 1_000) }

    /// A span of so many milliseconds.
    public static func milliseconds(_ count: Int64) -> TimeSpan { span(count, times: 1_000_000) }

    /// A span of so many seconds.
    public static func seconds(_ count: Int64) -> TimeSpan { span(count, times: 1_000_000_000) }

    /// A span of so many minutes.
    public static func minutes(_ count: Int64) -> TimeSpan { span(count, times: 60_000_000_000) }

    /// No time at all.
    public static let zero = TimeSpan(nanoseconds: 0)

    /// Seconds with a fraction; exact to a nanosecond up to about a hundred days.
    public var seconds: Double { Double(nanoseconds) / 1e9 }

    /// The span as the standard library's duration.
    public var duration: Duration { .nanoseconds(nanoseconds) }

    /// The shortest form with a whole part of at least 1, such as `250ms`, `1.5s` or `2m`.
    public var description: String {
        guard nanoseconds > 0 else { return "0s" }
        let decimal = DecimalNumber(coefficient: UInt64(nanoseconds), exponent: 0)
        let whole = Self.units.reversed().filter { UInt64(nanoseconds).isMultiple(of: $0.nanoseconds) && !$0.isAlias }
            .map { "\(UInt64(nanoseconds) / $0.nanoseconds)\($0.name)" }
        let fractional = [("s", 9), ("ms", 6), ("us", 3)].map { "\(decimal.digits(timesTenTo: -$0.1))\($0.0)" }
            .filter { $0.first != "0" }
        return shortest(whole + fractional)
    }

    /// The shorter one first.
    public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The sum of two spans, or the longest span there is.
    public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
        return TimeSpan(nanoseconds: overflow ? .max : sum)
    }

    private static func span(_ count: Int64, times nanoseconds: Int64) -> TimeSpan {
        let (product, overflow) = count.multipliedReportingOverflow(by: nanoseconds)
        return TimeSpan(nanoseconds: overflow ? (count > 0 ? .max : 0) : product)
    }

    private struct Unit {
        let name: String
        let nanoseconds: UInt64
        var isAlias = false
    }

    // Both code points that people write as micro are understood: the micro sign and the Greek letter.
    private static let units = [
        Unit(name: "ns", nanoseconds: 1),
        Unit(name: "us", nanoseconds: 1_000),
        Unit(name: "\u{B5}s", nanoseconds: 1_000, isAlias: true),
        Unit(name: "\u{3BC}s", nanoseconds: 1_000, isAlias: true),
        Unit(name: "ms", nanoseconds: 1_000_000),
        Unit(name: "s", nanoseconds: 1_000_000_000),
        Unit(name: "m", nanoseconds: 60_000_000_000),
        Unit(name: "h", nanoseconds: 3_600_000_000_000),
    ]
}
