import Foundation
import Statistics
import Testing

@Suite("Latency histograms as JSON")
struct LatencyHistogramJSONTests {
    @Test("the text is stable and says its unit")
    func text() {
        var histogram = LatencyHistogram()
        for value in [100, 100, 10_001, 10_001, 10_003] as [UInt64] { histogram.record(nanoseconds: value) }
        #expect(
            histogram.json()
                == #"{"unit":"ns","significantDigits":3,"minimum":100,"maximum":10003,"clamped":0,"#
                + #""counts":[[100,2],[10003,3]]}"#
        )
        #expect(LatencyHistogram().json() == #"{"unit":"ns","significantDigits":3,"clamped":0,"counts":[]}"#)
    }

    @Test("reading what was written gives the same histogram, down to its exact extremes")
    func roundTrip() throws {
        var random = RandomSamples(seed: 21)
        for round in 0..<30 {
            var histogram = LatencyHistogram()
            for value in random.latencies(round * 5) { histogram.record(nanoseconds: value) }
            if round % 3 == 0 { histogram.record(nanoseconds: 0) }
            let again = try LatencyHistogram(json: histogram.json())
            #expect(again == histogram)
            #expect(again.json() == histogram.json())
            #expect(again.min == histogram.min && again.max == histogram.max && again.mean == histogram.mean)
            let coded = try JSONDecoder().decode(LatencyHistogram.self, from: JSONEncoder().encode(histogram))
            #expect(coded == histogram)
        }
    }

    @Test("extremes within one bucket survive", arguments: [[10_001], [10_001, 10_003], [10_001, 10_002, 10_003]])
    func oneBucket(values: [UInt64]) throws {
        var histogram = LatencyHistogram()
        for value in values { histogram.record(nanoseconds: value) }
        let again = try LatencyHistogram(json: histogram.json())
        #expect(again.min == values.first && again.max == values.last && again.count == UInt64(values.count))
        #expect(again.json() == histogram.json())
    }

    @Test("extremes within the widest buckets survive exactly")
    func wideBuckets() throws {
        var histogram = LatencyHistogram()
        for value in [1_000_000_001, 5_000_000_000, 90_000_000_001] as [UInt64] { histogram.record(nanoseconds: value) }
        let again = try LatencyHistogram(json: histogram.json())
        #expect(again.min == 1_000_000_001 && again.max == 90_000_000_001)
        #expect(again.percentile(0) == histogram.percentile(0))
    }

    @Test("the extremes and the clamped count may be absent")
    func shortForm() throws {
        let histogram = try LatencyHistogram(json: #"{"unit":"ns","significantDigits":3,"counts":[[50,1],[90,2]]}"#)
        #expect(histogram.count == 3 && histogram.min == 50 && histogram.max == 90 && histogram.clamped == 0)
    }

    private static let bad: [(text: String, error: HistogramFormatError)] = [
        ("", .notAHistogram(reason: "not valid JSON")),
        ("[1,2]", .notAHistogram(reason: "\"\" has the wrong type")),
        (#"{"unit":"ns","significantDigits":3}"#, .notAHistogram(reason: "\"counts\" is missing")),
        (#"{"unit":"ms","significantDigits":3,"counts":[]}"#, .unsupportedUnit("ms")),
        (#"{"unit":"ns","significantDigits":2,"counts":[]}"#, .unsupportedPrecision(2)),
        (
            #"{"unit":"ns","significantDigits":3,"counts":[[5,1],[6]]}"#,
            .badBucket(index: 1, reason: "is not [value,count]")
        ),
        (
            #"{"unit":"ns","significantDigits":3,"counts":[[0,1]]}"#,
            .badBucket(index: 0, reason: "has the value 0, outside 1...120000000000")
        ),
        (
            #"{"unit":"ns","significantDigits":3,"counts":[[120000000001,1]]}"#,
            .badBucket(index: 0, reason: "has the value 120000000001, outside 1...120000000000")
        ),
        (
            #"{"unit":"ns","significantDigits":3,"counts":[[7,1],[7,1]]}"#,
            .badBucket(index: 1, reason: "does not rise above the value before it")
        ),
        (
            #"{"unit":"ns","significantDigits":3,"counts":[[7,0]]}"#,
            .badBucket(index: 0, reason: "has the count 0; all counts together may be 1...2^53")
        ),
        (
            #"{"unit":"ns","significantDigits":3,"counts":[[7,18446744073709551615]]}"#,
            .badBucket(
                index: 0, reason: "has the count 18446744073709551615; all counts together may be 1...2^53"
            )
        ),
        (
            #"{"unit":"ns","significantDigits":3,"counts":[[7,9007199254740992],[8,1]]}"#,
            .badBucket(index: 1, reason: "has the count 1; all counts together may be 1...2^53")
        ),
        (
            #"{"unit":"ns","significantDigits":3,"minimum":1,"maximum":90,"counts":[[50,1],[90,2]]}"#,
            .extremesOutsideBuckets
        ),
        (#"{"unit":"ns","significantDigits":3,"minimum":1,"counts":[]}"#, .extremesOutsideBuckets),
        (
            #"{"unit":"ns","significantDigits":3,"minimum":10001,"maximum":10002,"counts":[[10002,1]]}"#,
            .extremesOutsideBuckets
        ),
    ]

    @Test("a text that is not a histogram is refused with the reason", arguments: bad)
    func refusal(text: String, error: HistogramFormatError) {
        #expect(throws: error) { try LatencyHistogram(json: text) }
        #expect(error.description.hasPrefix("read histogram: "))
    }

    @Test("negative and fractional counts are refused", arguments: ["-1", "1.5", "\"1\"", "null"])
    func refusedNumbers(number: String) {
        #expect(throws: HistogramFormatError.self) {
            try LatencyHistogram(json: "{\"unit\":\"ns\",\"significantDigits\":3,\"counts\":[[5,\(number)]]}")
        }
    }

    @Test("very large counts of very large latencies are still added up")
    func largeCounts() throws {
        let histogram = try LatencyHistogram(
            json: #"{"unit":"ns","significantDigits":3,"counts":[[120000000000,9007199254740992]]}"#
        )
        #expect(histogram.mean == 120_000_000_000)
        #expect(histogram.percentile(99) == 120_000_000_000)
        #expect(histogram.buckets.count == 1)
    }
}
