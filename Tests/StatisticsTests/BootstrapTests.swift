import Testing

@testable import Statistics

@Suite("Bootstrap interval of the median")
struct BootstrapTests {
    private struct Case: Decodable {
        let values: [Double]
        let lower: [Double]
        let upper: [Double]
    }

    @Test("lies where NumPy's and SciPy's resampling puts it")
    func agreesWithResampling() throws {
        let cases = try Fixture.cases("bootstrap", as: Case.self)
        #expect(cases.count == 9)
        for example in cases {
            let found = try #require(Bootstrap.medianInterval(example.values, seed: 4))
            #expect(Interval(lower: example.lower[0], upper: example.lower[1]).isAround(found.lower))
            #expect(Interval(lower: example.upper[0], upper: example.upper[1]).isAround(found.upper))
        }
    }

    @Test(
        "the closed form is what enumerating all resamples gives",
        arguments: [[3.0], [1, 4], [2, 3, 9], [1, 2, 4, 8], [5, 1, 3, 2, 8], [1, 1, 2, 2, 9, 9]])
    func agreesWithEnumeration(values: [Double]) {
        let sorted = values.sorted()
        let n = sorted.count
        var medians: [Double] = []
        var draw = [Int](repeating: 0, count: n)
        repeat {
            let resample = draw.map { sorted[$0] }.sorted()
            medians.append((resample[(n - 1) / 2] + resample[n / 2]) / 2)
        } while advance(&draw)
        medians.sort()
        let distribution = MedianDistribution(sorted: sorted)
        for probability in stride(from: 0.013, to: 1, by: 0.0371) {
            let position = Int((probability * Double(medians.count)).rounded(.up)) - 1
            #expect(distribution.quantile(probability) == medians[position], "\(probability)")
        }
    }

    /// Counts up in base n; false after the last number.
    private func advance(_ digits: inout [Int]) -> Bool {
        for position in digits.indices {
            digits[position] += 1
            if digits[position] < digits.count { return true }
            digits[position] = 0
        }
        return false
    }

    @Test("contains the median, is monotone in the confidence, and does not depend on the order")
    func properties() throws {
        var random = RandomSamples(seed: 31)
        for _ in 0..<60 {
            let values = random.fractions(random.size(1...40))
            let wide = try #require(Bootstrap.medianInterval(values, confidence: 0.99, seed: 1))
            let narrow = try #require(Bootstrap.medianInterval(values, confidence: 0.9, seed: 1))
            #expect(narrow.contains(try #require(Descriptive.median(values))))
            #expect(wide.lower <= narrow.lower && narrow.upper <= wide.upper)
            #expect(wide == Bootstrap.medianInterval(values.reversed(), confidence: 0.99, seed: 2))
        }
    }

    @Test("beyond the exact limit the seed alone decides")
    func seeded() {
        var random = RandomSamples(seed: 32)
        let values = random.fractions(Bootstrap.exactLimit + 1)
        let found = Bootstrap.medianInterval(values, resamples: 200, seed: 1)
        #expect(found == Bootstrap.medianInterval(values, resamples: 200, seed: 1))
        #expect(found != Bootstrap.medianInterval(values, resamples: 200, seed: 2))
    }

    @Test("resampled medians of an even and an odd number follow the closed form", arguments: [20, 21])
    func resampling(count: Int) {
        var random = RandomSamples(seed: 33)
        let sorted = random.fractions(count).sorted()
        let medians = Bootstrap.resampledMedians(sorted: sorted, resamples: 4_000, seed: 9)
        let distribution = MedianDistribution(sorted: sorted)
        for probability in [0.1, 0.25, 0.5, 0.75, 0.9] {
            let share = Double(medians.count { $0 <= distribution.quantile(probability) }) / 4_000
            // At least the probability, less four standard errors.
            #expect(share >= probability - 0.032)
        }
        #expect(medians == medians.sorted() && medians.count == 4_000)
    }

    @Test("half of all resamples of two values have the middle as their median")
    func resamplingTwo() {
        let medians = Bootstrap.resampledMedians(sorted: [0, 1], resamples: 4_000, seed: 2)
        #expect(Set(medians) == [0, 0.5, 1])
        #expect((1_850...2_150).contains(medians.count { $0 == 0.5 }))
    }

    @Test("equal values have an interval without width")
    func constant() {
        #expect(Bootstrap.medianInterval([4, 4, 4, 4, 4, 4], seed: 0) == Interval(lower: 4, upper: 4))
    }

    @Test("no values, and values that are not finite, have no interval", arguments: [[], [1, .nan], [.infinity]])
    func nothing(values: [Double]) {
        #expect(Bootstrap.medianInterval(values, seed: 0) == nil)
    }

    @Test("precision is half the width over the median")
    func precision() throws {
        let values: [Double] = [98, 99, 100, 100, 101, 102, 103, 97]
        let interval = try #require(Bootstrap.medianInterval(values, seed: 0))
        let found = try #require(Precision.relativeHalfWidth(of: values, seed: 0))
        #expect(isClose(found, (interval.upper - interval.lower) / 200))
    }

    @Test(
        "precision is unknown for few values, around zero, and for what is not finite",
        arguments: [[], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, .nan]]
    )
    func noPrecision(values: [Double]) {
        #expect(Precision.relativeHalfWidth(of: values, seed: 0) == nil)
    }
}

extension Interval {
    /// Whether a value lies inside but for rounding.
    fileprivate func isAround(_ value: Double) -> Bool {
        value >= lower - 1e-9 && value <= upper + 1e-9
    }
}
