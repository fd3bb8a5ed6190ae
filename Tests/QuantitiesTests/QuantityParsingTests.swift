import Quantities
import Testing

@Suite("Quantities are read strictly")
struct QuantityParsingTests {
    @Test(
        "a duration is read exactly",
        arguments: [
            ("0s", 0), ("1ns", 1), ("1us", 1_000), ("1\u{B5}s", 1_000), ("1\u{3BC}s", 1_000), ("250ms", 250_000_000),
            ("0.1s", 100_000_000), ("1.5s", 1_500_000_000), ("2m", 120_000_000_000), ("1h", 3_600_000_000_000),
            ("1.000000001s", 1_000_000_001),
        ] as [(String, Int64)]
    )
    func readsDurations(text: String, nanoseconds: Int64) throws {
        #expect(try TimeSpan(parsing: text).nanoseconds == nanoseconds)
    }

    @Test(
        "a bit rate is decimal, with or without /s",
        arguments: [
            ("1bit", 1), ("500Kbit", 500_000), ("100Mbit/s", 1e8), ("1Gbit", 1e9), ("1.1Gbit", 1_100_000_000),
            ("0.3Kbit/s", 300),
        ] as [(String, Double)]
    )
    func readsBitRates(text: String, bitsPerSecond: Double) throws {
        #expect(try BitRate(parsing: text).bitsPerSecond == bitsPerSecond)
    }

    @Test(
        "bytes have binary and decimal units",
        arguments: [
            ("64B", 64), ("1KiB", 1_024), ("1.5KiB", 1_536), ("1kB", 1_000), ("2MiB", 2 << 20), ("3GB", 3_000_000_000),
            ("18446744073709551615B", .max),
        ] as [(String, UInt64)]
    )
    func readsByteCounts(text: String, bytes: UInt64) throws {
        #expect(try ByteCount(parsing: text).bytes == bytes)
    }

    @Test("an event rate counts per second or per minute")
    func readsEventRates() throws {
        #expect(try EventRate(parsing: "5000/s").perSecond == 5_000)
        #expect(try EventRate(parsing: "90/m").perSecond == 1.5)
    }

    @Test("a percentage becomes a fraction without rounding twice")
    func readsRatios() throws {
        #expect(try Ratio(parsing: "5%").fraction == 0.05)
        #expect(try Ratio(parsing: "0.5%").fraction == 0.005)
        #expect(try Ratio(parsing: "100%").fraction == 1)
    }

    @Test(
        "what is not a duration is refused with the reason",
        arguments: [
            ("", "it is empty"),
            ("250", "it has no unit"),
            ("-5ms", "it is negative"),
            ("+5ms", "it does not start with a digit"),
            (".5s", "it does not start with a digit"),
            ("fast", "it does not start with a digit"),
            ("5 ms", "there is a space between the number and the unit"),
            ("5MS", "\"MS\" is not one of its units (ns, us, \u{B5}s, \u{3BC}s, ms, s, m, h)"),
            ("5s ", "\"s \" is not one of its units (ns, us, \u{B5}s, \u{3BC}s, ms, s, m, h)"),
            ("1e3s", "\"e3s\" is not one of its units (ns, us, \u{B5}s, \u{3BC}s, ms, s, m, h)"),
            ("1m30s", "\"m30s\" is not one of its units (ns, us, \u{B5}s, \u{3BC}s, ms, s, m, h)"),
            ("1.s", "1. is not a number"),
            ("1.2.3s", "1.2.3 is not a number"),
            ("1\(String(repeating: "0", count: 400))h", "it is too large"),
            ("0.5ns", "it is not a whole number of nanoseconds"),
            ("9999999999h", "it is too large"),
            ("9999999999999999999h", "it is too large"),
            ("99999999999999999999s", "it has too many digits"),
            ("123456789012345678901s", "it has too many digits"),
            ("\u{0665}s", "it does not start with a digit"),
        ]
    )
    func refusesDurations(text: String, reason: String) {
        #expect(
            throws: QuantityError(
                text: text,
                expectation: "a duration with a unit, such as 250ms, 1s or 2m",
                reason: reason
            )
        ) { try TimeSpan(parsing: text) }
    }

    @Test(
        "other quantities refuse foreign units",
        arguments: ["1", "1s", "1KB", "1Mb", "1mbit", "10k/s", "1/h", "%", "5 %"])
    func refusesForeignUnits(text: String) {
        #expect(throws: QuantityError.self) { try BitRate(parsing: text) }
        #expect(throws: QuantityError.self) { try ByteCount(parsing: text) }
        #expect(throws: QuantityError.self) { try EventRate(parsing: text) }
        #expect(throws: QuantityError.self) { try Ratio(parsing: text) }
    }

    @Test("fractions of bytes and more bytes than there are numbers are refused")
    func refusesBytes() {
        #expect(throws: QuantityError.self) { try ByteCount(parsing: "0.5B") }
        #expect(throws: QuantityError.self) { try ByteCount(parsing: "18446744073GiB") }
    }

    @Test("rates that no double holds are refused, and do not become 0")
    func refusesEndlessRates() {
        let digits = "1" + String(repeating: "0", count: 400)
        #expect(throws: QuantityError.self) { try BitRate(parsing: "\(digits)bit") }
        #expect(throws: QuantityError.self) { try EventRate(parsing: "\(digits)/s") }
        #expect(throws: QuantityError.self) { try Ratio(parsing: "\(digits)%") }
    }

    @Test("a port is a plain number from 1 to 65535", arguments: ["", "0", "65536", "080", "+80", "-1", "80 ", "http"])
    func refusesPorts(text: String) throws {
        #expect(throws: QuantityError.self) { try Port(parsing: text) }
        #expect(try Port(parsing: "5201").number == 5_201)
        #expect(Port(number: 0) == nil)
    }

    @Test("the error says what was expected, what was found and why")
    func errorIsASentence() {
        let error = #expect(throws: QuantityError.self) { try TimeSpan(parsing: "250") }
        #expect(
            error?.description
                == "expected a duration with a unit, such as 250ms, 1s or 2m, found \"250\": it has no unit"
        )
    }
}
