import Contract
import Statistics
import Testing

@testable import Reports

@Suite("levels are read as sizes")
struct FactorScaleTests {
    static func design(_ levels: [String], scaleFactor: String? = "size") -> Design {
        Design(
            comparedFactor: "network",
            factors: [.init(name: "network", levels: ["a", "b"]), .init(name: "size", levels: levels)],
            scaleFactor: scaleFactor
        )
    }

    @Test(
        "a number with or without a unit",
        arguments: [
            ("1", 1, "1"), ("10000", 10_000, "1"), ("1.5", 1.5, "1"), ("10k", 10_000, "1"), ("64KiB", 65_536, "B"),
            ("1 MB", 1e6, "B"), ("64B", 64, "B"), ("100Mbit", 1e8, "bit/s"), ("250ms", 0.25, "s"), ("2m", 120, "s"),
            ("5000/s", 5_000, "1/s"), ("50%", 0.5, "ratio"), ("-3", -3, "1"), ("0", 0, "1"),
        ] as [(String, Double, String)]
    )
    func numbers(text: String, value: Double, unit: String) {
        #expect(LevelNumber(text)?.value == value && LevelNumber(text)?.unit == unit)
    }

    @Test(
        "what is no number is none",
        arguments: [
            "", "many", "nan", "NaN", "inf", "-inf", "0x10", "1.2.3", "10 furlongs", ".", "-", "1e400", "٣", "KiB",
            "1,000", "+5", String(repeating: "9", count: 400),
        ]
    )
    func noNumbers(text: String) {
        #expect(LevelNumber(text) == nil)
    }

    @Test("levels come by growing number, whatever their order and prefix")
    func order() throws {
        let scale = try FactorScale(Self.design(["64KiB", "64B", "1MiB", "1500B"]))
        #expect(scale.levels.map(\.text) == ["64B", "1500B", "64KiB", "1MiB"] && scale.unit == "B")
    }

    @Test(
        "a factor that cannot be a scale says why, and metrics are shown as bars",
        arguments: [
            (["1", "many"], "its level many is no number"), (["1", "NaN"], "its level NaN is no number"),
            (["1"], "it has a single level"), (["1", "64B"], "its levels 1, 64B are not of one unit"),
            (["1000", "1k"], "its levels 1000, 1k name a number twice"), (["", "1"], "its level  is no number"),
        ]
    )
    func problems(levels: [String], reason: String) {
        let error = #expect(throws: FactorScale.Problem.self) { try FactorScale(Self.design(levels)) }
        #expect(error?.reason == reason)
        #expect(error?.description.hasPrefix("The design scales over size, but \(reason).") == true)
    }

    @Test(
        "a scale that is the compared factor, or no factor at all, is refused", arguments: ["network", "nothing", ""])
    func strangers(name: String) {
        let design = Self.design(["1", "2"], scaleFactor: name)
        #expect(throws: FactorScale.Problem.self) { try FactorScale(design) }
        #expect(FactorLayout(design: design, trials: []).scale == nil)
    }

    @Test("sizes are written to three significant digits, in the unit of the levels")
    func words() throws {
        let counts = try FactorScale(Self.design(["1", "10000"]))
        #expect([17.38, 173.8, 1_738, 17_380, 999.6].map(counts.text) == ["17.4", "174", "1,740", "17,400", "1,000"])
        #expect(counts.text(.nan) == "n/a")
        #expect(counts.text(Interval(lower: 1_420, upper: .infinity)) == "1,420 to beyond 10000")
        #expect(counts.text(Interval(lower: -.infinity, upper: 20)) == "below 1 to 20.0")
        let bytes = try FactorScale(Self.design(["64B", "64KiB"]))
        #expect([100, 2_048, 3_000_000].map(bytes.text) == ["100 B", "2.00 KiB", "2.86 MiB"])
        let times = try FactorScale(Self.design(["1ms", "1s"]))
        #expect(times.text(0.0123) == "12.3 ms")
    }

    @Test("the ends of the axis always have ticks, and names do not meet")
    func ticks() throws {
        let scale = try FactorScale(Self.design((0..<14).map { "\(1 << $0)" }))
        let axis = ScaleAxis(scale: scale, isLogarithmic: true, width: 280)
        #expect(axis.ticks.first?.text == "1" && axis.ticks.last?.text == "8192" && axis.ticks.count > 5)
        let places = axis.ticks.map { tick in
            (place: axis.share(tick.at) * 280, half: ChartTheme.width(of: tick.text, size: ChartTheme.smallSize) / 2)
        }
        for (left, right) in zip(places, places.dropFirst()) {
            #expect(left.place + left.half < right.place - right.half)
        }
        #expect(abs(ScaleAxis(scale: scale, isLogarithmic: false, width: 280).share(4_096.5) - 0.5) < 1e-9)
    }
}
