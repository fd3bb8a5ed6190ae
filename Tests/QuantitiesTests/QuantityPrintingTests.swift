import Foundation
import Quantities
import Statistics
import Testing

@Suite("Quantities print what they read")
struct QuantityPrintingTests {
    @Test(
        "a duration prints its shortest exact form",
        arguments: [
            (0, "0s"), (1, "1ns"), (999, "999ns"), (1_500, "1.5us"), (250_000_000, "250ms"), (1_000_000_000, "1s"),
            (1_500_000_000, "1.5s"), (60_000_000_000, "1m"), (90_000_000_000, "90s"), (7_200_000_000_000, "2h"),
            (1_234_567, "1234567ns"),
        ] as [(Int64, String)]
    )
    func printsDurations(nanoseconds: Int64, text: String) {
        #expect(TimeSpan(nanoseconds: nanoseconds).description == text)
    }

    @Test(
        "bytes, rates and ratios print their shortest exact form",
        arguments: [
            (ByteCount(bytes: 64) as any Quantity, "64B"), (ByteCount(bytes: 65_536), "64KiB"),
            (ByteCount(bytes: 1_000_000), "1MB"), (ByteCount(bytes: 1_500), "1500B"), (ByteCount(bytes: 0), "0B"),
            (BitRate(bitsPerSecond: 1e9), "1Gbit"), (BitRate(bitsPerSecond: 1_500), "1.5Kbit"),
            (BitRate(bitsPerSecond: 2.5e9), "2.5Gbit"), (BitRate(bitsPerSecond: 0), "0bit"),
            (EventRate(perSecond: 5_000), "5000/s"), (EventRate(perSecond: 1.0 / 60), "1/m"),
            (EventRate(perSecond: 1.5), "90/m"), (Ratio(fraction: 0.05), "5%"), (Ratio(fraction: 0.005), "0.5%"),
            (Ratio(fraction: 1), "100%"),
        ]
    )
    func printsOthers(value: any Quantity, text: String) {
        #expect(value.description == text)
    }

    @Test("what is printed reads back the same, for many random values", arguments: 0..<40)
    func roundTrips(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let bits = random.next()
            let shift = UInt64.random(in: 0..<64, using: &random)
            let value = bits >> shift
            let fraction = Double(value) * pow(10, Double(Int.random(in: -12...3, using: &random)))
            try expectRoundTrip(TimeSpan(nanoseconds: Int64(value >> 1)))
            try expectRoundTrip(TimeSpan(nanoseconds: Int64(value >> 31) * 1_000_000))
            try expectRoundTrip(BitRate(bitsPerSecond: fraction))
            try expectRoundTrip(EventRate(perSecond: fraction))
            try expectRoundTrip(Ratio(fraction: fraction))
            try expectRoundTrip(ByteCount(bytes: value))
            try expectRoundTrip(ByteCount(bytes: (value >> 32) << 10))
        }
    }

    @Test("the coded form is the string")
    func codesAsString() throws {
        let values = [TimeSpan.milliseconds(250), .seconds(1)]
        let json = try JSONEncoder().encode(values)
        #expect(String(decoding: json, as: UTF8.self) == "[\"250ms\",\"1s\"]")
        #expect(try JSONDecoder().decode([TimeSpan].self, from: json) == values)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([TimeSpan].self, from: Data("[\"250\"]".utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([TimeSpan].self, from: Data("[250]".utf8)) }
    }

    @Test("values that make no sense become 0, and sums stop at the longest span")
    func clamps() {
        #expect(TimeSpan(nanoseconds: -1) == .zero)
        #expect(BitRate(bitsPerSecond: -1).bitsPerSecond == 0)
        #expect(EventRate(perSecond: .nan).perSecond == 0)
        #expect(Ratio(fraction: .infinity).fraction == 0)
        #expect(TimeSpan.minutes(.max).nanoseconds == .max)
        #expect((TimeSpan.minutes(.max) + .seconds(1)).nanoseconds == .max)
        #expect(TimeSpan.seconds(2).duration == .seconds(2))
        #expect(TimeSpan.milliseconds(250).seconds == 0.25)
    }

    private func expectRoundTrip<Value: Quantity>(_ value: Value) throws {
        #expect(try Value(parsing: value.description) == value, "\(value)")
    }
}
