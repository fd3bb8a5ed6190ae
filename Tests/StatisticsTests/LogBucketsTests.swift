import Statistics
import Testing

/// Buckets of times.
@Suite struct LogBucketsTests {
    @Test(arguments: [0, 1, 15, 16, 17, 31, 32, 999, 1_000_000, 123_456_789, UInt64.max])
    func holdATimeWithinASixteenth(_ time: UInt64) {
        let bucket = LogBuckets.bucket(of: time)
        #expect(bucket < LogBuckets.count)
        let low = LogBuckets.lowerBound(of: bucket)
        #expect(low <= time)
        #expect(time - low <= low / 16)
        if bucket + 1 < LogBuckets.count { #expect(LogBuckets.lowerBound(of: bucket + 1) > time) }
    }

    @Test func riseWithTheTime() {
        let bounds = (0..<LogBuckets.count).map { LogBuckets.lowerBound(of: $0) }
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func countAndAnswer() {
        let pairs = LogBuckets.pairs([100, 100, 200, 3_000_000])
        #expect(LogBuckets.counted(pairs) == 4)
        #expect(LogBuckets.longer(than: 1_000_000, in: pairs) == 1)
        #expect(LogBuckets.quantile(0.5, of: pairs).map { (96...104).contains($0) } == true)
        #expect(LogBuckets.quantile(1, of: pairs).map { (2_900_000...3_200_000).contains($0) } == true)
        #expect(LogBuckets.quantile(0.5, of: []) == nil)
    }
}
