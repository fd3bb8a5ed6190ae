import Statistics
import Testing

@Suite("Latency histograms")
struct LatencyHistogramTests {
    private func histogram(_ values: [UInt64]) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for value in values { histogram.record(nanoseconds: value) }
        return histogram
    }

    @Test("an empty histogram says so by its count")
    func empty() {
        let empty = LatencyHistogram()
        #expect(empty.count == 0 && empty.min == 0 && empty.max == 0 && empty.mean == 0)
        #expect(empty.percentile(99) == 0)
        #expect(empty.buckets.isEmpty)
    }

    @Test("percentiles of 1...1000 are exact, because all of them fit three digits")
    func percentiles() {
        let histogram = histogram(Array(1...1_000))
        #expect(histogram.percentile(0) == 1)
        #expect(histogram.percentile(50) == 500)
        #expect(histogram.percentile(90) == 900)
        #expect(histogram.percentile(99.9) == 999)
        #expect(histogram.percentile(100) == 1_000)
        #expect(histogram.mean == 500.5)
        #expect(histogram.percentile(-5) == 1 && histogram.percentile(500) == 1_000)
        #expect(histogram.percentile(.nan) == 0)
    }

    @Test("every percentile is within three significant digits of the sorted values")
    func precision() {
        var random = RandomSamples(seed: 11)
        for _ in 0..<20 {
            let values = random.latencies(random.size(1...400))
            let sorted = values.sorted()
            let histogram = histogram(values)
            #expect(histogram.min == sorted[0] && histogram.max == sorted[sorted.count - 1])
            for percentage in [1, 10, 50, 90, 99, 99.9] {
                let rank = max(1, Int((percentage.nextDown * Double(sorted.count) / 100).rounded(.up)))
                let expected = Double(sorted[rank - 1])
                let found = Double(histogram.percentile(percentage))
                #expect(abs(found - expected) <= expected / 1_000, "\(percentage) of \(sorted.count)")
            }
            let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
            #expect(abs(histogram.mean - mean) <= mean / 1_000)
        }
    }

    @Test("latencies out of range count as the nearest in range, and are told")
    func clamping() {
        let histogram = histogram([0, 1, 120_000_000_000, 120_000_000_001, .max])
        #expect(histogram.clamped == 3)
        #expect(histogram.count == 5)
        #expect(histogram.min == 1)
        #expect(histogram.max == 120_000_000_000)
    }

    @Test("merging is the same as recording all in one")
    func merging() {
        var random = RandomSamples(seed: 12)
        for _ in 0..<10 {
            let first = random.latencies(random.size(0...200)) + [0]
            let second = random.latencies(random.size(0...200)) + [0]
            var merged = histogram(first)
            merged.merge(histogram(second))
            let whole = histogram(first + second)
            #expect(merged == whole)
            #expect(merged.json() == whole.json())
            #expect(merged.min == whole.min && merged.max == whole.max && merged.clamped == 2)
        }
    }

    @Test("merging with an empty histogram changes nothing, either way round")
    func mergingEmpty() {
        let filled = histogram([5, 7_000, 9_000_000])
        var left = filled
        left.merge(LatencyHistogram())
        var right = LatencyHistogram()
        right.merge(filled)
        #expect(left == filled && right == filled)
    }

    @Test("buckets rise, hold everything, and end with the maximum")
    func buckets() {
        let values = (0..<100).map { UInt64(1 + $0 * $0 * 1_009) }
        let buckets = histogram(values).buckets
        #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
        #expect(buckets.reduce(0) { $0 + $1.count } == 100)
        #expect(buckets.last?.value == values.max())
        #expect(buckets.allSatisfy { $0.count > 0 })
    }

    @Test("a copy does not change with its original")
    func valueSemantics() {
        var original = histogram([10, 20])
        let copy = original
        original.record(nanoseconds: 30)
        #expect(copy.count == 2 && original.count == 3)
    }
}
