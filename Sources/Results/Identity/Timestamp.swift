import Glibc

/// A moment in UTC with millisecond resolution, stored as ISO 8601 text such as `2026-11-24T22:03:25.123Z`.
///
/// The text has a fixed width for the years 0000 to 9999, so text order is time order and plain SQL can compare it.
/// Durations are never computed from two of these: they come from the monotonic clock.
public struct Timestamp: Sendable, Hashable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let millisecondsSinceEpoch: Int64

    /// The moments that the fixed-width text can hold: years 0000 to 9999.
    static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// Makes the moment that lies this many milliseconds after 1970-01-01T00:00:00Z, clamped to the years 0000 to 9999.
    public init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = min(max(millisecondsSinceEpoch, Self.range.lowerBound), Self.range.upperBound)
    }

    /// The moment of the call, from `CLOCK_REALTIME`.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Parses exactly the form that `description` prints; `nil` for anything else, also for days that do not exist.
    public init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, let milliseconds = Self.milliseconds(of: bytes) else {
            return nil
        }
        self.init(millisecondsSinceEpoch: milliseconds)
        // The print of what was read tells a 31 February, which the arithmetic would silently move into March.
        guard description == text else {
            return nil
        }
    }

    private static func milliseconds(of bytes: [UInt8]) -> Int64? {
        for (position, separator) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z")]
        where bytes[position] != separator.utf8.first {
            return nil
        }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                    return nil
                }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        // Seconds end at 59, for POSIX time has no leap seconds.
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let fraction = number(20..<23), (1...12).contains(month), hour < 24, minute < 60, second < 60
        else {
            return nil
        }
        let days = CivilDay.daysSinceEpoch(year: year, month: month, day: day)
        return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + fraction
    }
}

extension Timestamp: Comparable {
    /// Whether the left moment lies before the right one.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC with three decimals, for example `2026-11-24T22:03:25.123Z`.
    public var description: String {
        let (seconds, fraction) = millisecondsSinceEpoch.flooredDivision(by: 1000)
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let day = CivilDay(daysSinceEpoch: days)
        return [
            padded(day.year, 4), "-", padded(day.month, 2), "-", padded(day.day, 2), "T",
            padded(secondOfDay / 3600, 2), ":", padded(secondOfDay / 60 % 60, 2), ":", padded(secondOfDay % 60, 2),
            ".", padded(fraction, 3), "Z",
        ].joined()
    }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Timestamp: Codable {
    /// Reads the text form; anything else is a `DecodingError` that says what was found.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let timestamp = Timestamp(parsing: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected a UTC time such as 2026-11-24T22:03:25.123Z, found \"\(text)\""
            )
        }
        self = timestamp
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
