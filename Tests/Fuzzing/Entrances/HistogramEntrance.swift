import Statistics

/// Latency histograms in JSON, as they are stored and as agents send them.
struct HistogramEntrance: Entrance {
    let name = "histogram"
    let words = [
        "\"unit\":\"ns\"", "\"significantDigits\":3", "\"minimum\":1", "\"maximum\":120000000000", "\"clamped\":0",
        "\"counts\":[[1,1]]", "[1,9007199254740992]", "[120000000000,1]", "[[", "]]", "null", "[]", "{}",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let histogram: LatencyHistogram
        do throws(HistogramFormatError) {
            histogram = try LatencyHistogram(json: String(decoding: input, as: UTF8.self))
        } catch {
            try Violation.unlessWorded(error.description)
            return .refused(error.description)
        }
        let property = "a histogram that is written reads back as the same"
        let text = histogram.json()
        let again: LatencyHistogram
        do throws(HistogramFormatError) {
            again = try LatencyHistogram(json: text)
        } catch {
            throw Violation(property, "\(error): \(text)")
        }
        try Violation.unless(again == histogram && again.json() == text, property, text)
        try checkPercentiles(of: histogram)
        var merged = histogram
        merged.merge(again)
        try Violation.unless(merged.count == 2 * histogram.count, "merging adds the counts")
        return .accepted(histogram.count == 0 ? "empty" : histogram.clamped > 0 ? "clamped" : "")
    }

    private func checkPercentiles(of histogram: LatencyHistogram) throws(Violation) {
        guard histogram.count > 0 else { return }
        var previous: UInt64 = 0
        for percentile in [0, 0.1, 50, 90, 99, 99.9, 100] {
            let value = histogram.percentile(percentile)
            try Violation.unless(
                value >= previous && value >= histogram.min && value <= histogram.max,
                "percentiles rise from the smallest to the largest",
                "p\(percentile) is \(value), before it \(previous), \(histogram.min)...\(histogram.max)")
            previous = value
        }
    }
}
