import Testing

@testable import Statistics

@Suite("the knee of latency along rates")
struct KneeTests {
    private func find(_ points: [(Double, [Double])], seed: UInt64 = 5) -> Knee? {
        var random = SeededGenerator(seed: seed)
        let series = ScaleSeries(points.map { ScaleSeries.Point(x: $0.0, values: $0.1) })
        return Knee.find(MedianResamples(series, random: &random))
    }

    /// A queue with exponential times and one server: latency 1 / (capacity - rate), whose power is greatest at half of the capacity.
    private func queue(_ capacity: Double, _ rates: [Double], noise: Double = 0) -> [(Double, [Double])] {
        var random = RandomSamples(seed: 3)
        return rates.map { rate in
            let latency = 1 / (capacity - rate)
            return (rate, random.fractions(8).map { latency * (1 + noise * (2 * $0 - 1)) })
        }
    }

    @Test("of a queue it is half of its capacity", arguments: [10.0, 1_000, 64_000])
    func queue(_ capacity: Double) throws {
        let knee = try #require(find(queue(capacity, (1...9).map { Double($0) * capacity / 10 })))
        #expect(knee.x.isAbout(capacity / 2) && knee.y.isAbout(2 / capacity) && !knee.isLowerBound)
        #expect(knee.interval == Interval(lower: knee.x, upper: knee.x))
    }

    @Test("noise that may move it widens its interval, which still holds it")
    func noise() throws {
        let knee = try #require(find(queue(1_000, (1...9).map { Double($0) * 100 }, noise: 0.3)))
        let interval = try #require(knee.interval)
        #expect(interval.contains(500) && interval.upper > interval.lower)
    }

    @Test("latency that stays low leaves the largest rate, which is a lower bound")
    func flat() throws {
        let knee = try #require(find([(1, [5, 5]), (10, [5, 5]), (100, [6, 6])]))
        #expect(knee.x == 100 && knee.isLowerBound)
    }

    @Test("a cliff is after the knee, a tie goes to the smaller rate, and gaps do not count")
    func edges() throws {
        #expect(find([(1, [1, 1]), (2, [1, 1]), (3, []), (4, [90, 90])])?.x == 2)
        #expect(find([(1, [1, 1]), (2, [2, 2]), (4, [90, 90])])?.x == 1)
        let single = try #require(find([(1, [1]), (2, [1, 1]), (4, [90, 90])]))
        #expect(single.x == 2 && single.interval == nil)
    }

    @Test("two rates have no bend, and what is not above 0 has no power")
    func none() {
        #expect(find([(1, [1, 1]), (2, [1, 1])]) == nil)
        #expect(find([(1, [1, 1]), (2, [1, 1]), (3, [0, 0])]) == nil)
        #expect(find([]) == nil)
    }
}
