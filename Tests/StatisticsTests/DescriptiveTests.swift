import Statistics
import Testing

@Suite("Describing one set of values")
struct DescriptiveTests {
    private struct Case: Decodable {
        let values: [Double]
        let fractions: [Double]
        let quantiles: [Double]
        let median: Double
        let mad: Double
        let mean: Double
        let deviation: Double?
    }

    @Test("agrees with NumPy and SciPy")
    func agreesWithNumPy() throws {
        let cases = try Fixture.cases("descriptive", as: Case.self)
        #expect(cases.count == 7)
        for example in cases {
            for (fraction, expected) in zip(example.fractions, example.quantiles) {
                let found = try #require(Descriptive.quantile(example.values, fraction))
                #expect(isClose(found, expected), "quantile \(fraction) of \(example.values.count)")
            }
            #expect(isClose(try #require(Descriptive.median(example.values)), example.median))
            #expect(isClose(try #require(Descriptive.mad(example.values)), example.mad))
            #expect(isClose(try #require(Descriptive.mean(example.values)), example.mean))
            let deviation = Descriptive.standardDeviation(example.values)
            #expect((deviation == nil) == (example.deviation == nil))
            #expect(isClose(deviation ?? 0, example.deviation ?? 0))
        }
    }

    @Test(
        "no values, and values that are not finite, have no description",
        arguments: [[], [1, .nan], [.infinity, 2, 3]])
    func nothingToDescribe(values: [Double]) {
        #expect(Descriptive.median(values) == nil)
        #expect(Descriptive.quantile(values, 0.9) == nil)
        #expect(Descriptive.mad(values) == nil)
        #expect(Descriptive.mean(values) == nil)
        #expect(Descriptive.standardDeviation(values) == nil)
        #expect(Descriptive.coefficientOfVariation(values) == nil)
    }

    @Test("fractions outside 0...1 count as the nearer end, and not-a-number has no quantile")
    func fractionsAreHeld() {
        #expect(Descriptive.quantile([3, 1, 2], -1) == 1)
        #expect(Descriptive.quantile([3, 1, 2], 7) == 3)
        #expect(Descriptive.quantile([3, 1, 2], .nan) == nil)
    }

    @Test("the coefficient of variation is relative to the mean, and absent around zero")
    func coefficientOfVariation() throws {
        #expect(isClose(try #require(Descriptive.coefficientOfVariation([9, 10, 11])), 0.1))
        #expect(Descriptive.coefficientOfVariation([-1, 1]) == nil)
    }

    @Test("quantiles rise with the fraction and stay between the extremes")
    func quantilesAreMonotone() throws {
        var random = RandomSamples(seed: 1)
        for _ in 0..<50 {
            let values = random.fractions(random.size(1...30))
            let found = try stride(from: 0.0, through: 1, by: 0.05).map {
                try #require(Descriptive.quantile(values, $0))
            }
            #expect(found == found.sorted())
            #expect(found.first == values.min())
            #expect(found.allSatisfy { values.contains($0) || ($0 > found[0] && $0 < (values.max() ?? 0)) })
        }
    }

    @Test("an interval orders its ends, knows its width, and has no relative width around zero")
    func interval() {
        let interval = Interval(lower: 12, upper: 8)
        #expect(interval == Interval(lower: 8, upper: 12))
        #expect(interval.contains(8) && interval.contains(12) && !interval.contains(12.01))
        #expect(interval.relativeHalfWidth(around: -10) == 0.2)
        #expect(interval.relativeHalfWidth(around: 0) == nil)
    }

    @Test("a summary leaves out what is not finite and keeps the order of the rest")
    func summary() {
        let summary = Summary([3, .nan, 1, 2, .infinity])
        #expect(summary.values == [3, 1, 2])
        #expect(summary.n == 3)
        #expect(summary.median == 2)
        #expect(summary.interval == Interval(lower: 1, upper: 3))
        #expect(Summary([]).median == nil && Summary([]).interval == nil)
    }
}
