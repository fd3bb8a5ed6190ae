import Foundation
import Results
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "a moment prints as ISO 8601 with milliseconds",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (.max, "9999-12-31T23:59:59.999Z"),
            (.min, "0000-01-01T00:00:00.000Z"),
        ]
    )
    func prints(milliseconds: Int64, text: String) {
        #expect(Timestamp(millisecondsSinceEpoch: milliseconds).description == text)
    }

    @Test("what is printed parses back, agrees with Foundation, and text order is time order")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        let formatter = ISO8601DateFormatter()
        var moments: [Timestamp] = []
        for _ in 0..<2000 {
            let milliseconds = Int64.random(in: -2_208_988_800_000...253_402_300_799_999, using: &generator)
            let moment = Timestamp(millisecondsSinceEpoch: milliseconds)
            #expect(Timestamp(parsing: moment.description) == moment)
            let seconds = (Double(milliseconds) / 1000).rounded(.down)
            let theirs = formatter.string(from: Date(timeIntervalSince1970: seconds)).dropLast()
            #expect(moment.description.hasPrefix(theirs))
            moments.append(moment)
        }
        #expect(moments.sorted().map(\.description) == moments.map(\.description).sorted())
    }

    @Test("months end where the Gregorian calendar has them end, also at the ends of centuries")
    func calendar() throws {
        let day = Int64(86_400_000)
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var previous = try #require(Timestamp(parsing: "1599-12-31T00:00:00.000Z")).millisecondsSinceEpoch
        for year in 1600...2401 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, length) in lengths.enumerated() {
                let days = month == 1 && isLeap ? 29 : length
                func text(_ day: Int) -> String {
                    let digits = "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day < 10 ? "0" : "")\(day)"
                    return "\(digits)T00:00:00.000Z"
                }
                let first = Timestamp(millisecondsSinceEpoch: previous + day)
                let last = Timestamp(millisecondsSinceEpoch: previous + Int64(days) * day)
                #expect(first.description == text(1) && last.description == text(days))
                #expect(Timestamp(parsing: text(1)) == first && Timestamp(parsing: text(days)) == last)
                #expect(Timestamp(parsing: text(days + 1)) == nil)
                previous = last.millisecondsSinceEpoch
            }
        }
    }

    @Test(
        "what is not exactly such a time is refused",
        arguments: [
            "", "2026-11-24", "2026-11-24T22:03:25Z", "2026-11-24 22:03:25.123Z", "2026-11-24T22:03:25.123+",
            "2026-02-29T00:00:00.000Z", "2026-02-31T00:00:00.000Z", "2026-13-01T00:00:00.000Z",
            "2026-00-01T00:00:00.000Z", "2026-01-00T00:00:00.000Z", "2026-01-01T24:00:00.000Z",
            "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:60.000Z", "2026-01-01T00:00:00.12eZ",
            "２０２６-01-01T00:00:00.000Z",
        ]
    )
    func refused(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test("now lies between two readings of Foundation's clock")
    func now() {
        let before = Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) - 1
        let now = Timestamp.now().millisecondsSinceEpoch
        let after = Int64((Date().timeIntervalSince1970 * 1000).rounded(.up)) + 1
        #expect((before...after).contains(now))
    }
}
