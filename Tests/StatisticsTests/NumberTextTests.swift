import Statistics
import Testing

@Suite("numbers as people read them")
struct NumberTextTests {
    @Test(
        "three significant digits",
        arguments: [
            (0.0, "0"), (9.41, "9.41"), (9.996, "10.0"), (99.95, "100"), (0.0123456, "0.0123"), (123_456, "123456"),
            (-1.5, "-1.50"), (999.4, "999"), (.nan, "n/a"), (.infinity, "∞"),
        ]
    )
    func significant(value: Double, text: String) {
        #expect(NumberText.significant(value) == text)
    }

    @Test(
        "a ratio becomes a signed change in percent",
        arguments: [
            (1.042, "+4.2 %"), (0.918, "−8.2 %"), (1.0, "±0.0 %"), (2.5, "+150 %"), (1.0001, "±0.0 %"), (.nan, "n/a"),
        ]
    )
    func change(ratio: Double, text: String) {
        #expect(NumberText.change(ofRatio: ratio) == text)
    }

    @Test(
        "SI prefixes bring numbers into range",
        arguments: [
            (9.41e9, "bit/s", "9.41 Gbit/s"), (17.3e-6, "s", "17.3 µs"), (0.00245, "s", "2.45 ms"),
            (2.0, "s", "2.00 s"),
            (0.44, "s/GiB", "440 ms/GiB"), (0.05, "ratio", "5.00 %"), (52_310, "1/s", "52.3 10³/s"),
            (830, "1/s", "830 1/s"), (3, "count", "3.00"), (999.9999e6, "bit/s", "1.00 Gbit/s"),
            (250e-9, "s", "250 ns"), (7, "furlong", "7.00 furlong"), (0, "s", "0 s"), (1500, "B", "1.50 kB"),
        ]
    )
    func scales(value: Double, unit: String, text: String) {
        #expect(UnitScale.fitting(value, unit: unit).text(value) == text)
    }

    @Test("fixed decimals round half away from zero and never print a negative zero")
    func fixed() {
        #expect(NumberText.fixed(0.125, decimals: 2) == "0.13")
        #expect(NumberText.fixed(-0.001, decimals: 1) == "0.0")
        #expect(NumberText.fixed(1e300, decimals: 2) == "1e+300")
    }
}
