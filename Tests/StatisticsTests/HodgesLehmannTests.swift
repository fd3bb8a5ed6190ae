import Statistics
import Testing

@Suite("Hodges-Lehmann estimates")
struct HodgesLehmannTests {
    private struct Case: Decodable {
        let a: [Double]
        let b: [Double]
        let confidence: Double
        let coverage: Double
        let shift: Double
        let shiftInterval: [Double]
        let ratio: Double
        let ratioInterval: [Double]
    }

    @Test("agree with NumPy and with counting every arrangement")
    func agreesWithNumPy() throws {
        let cases = try Fixture.cases("hodges-lehmann", as: Case.self)
        #expect(cases.count == 6)
        for example in cases {
            let shift = try #require(HodgesLehmann.shift(example.a, example.b, confidence: example.confidence))
            #expect(isClose(shift.shift, example.shift))
            #expect(isClose(shift.interval.lower, example.shiftInterval[0]))
            #expect(isClose(shift.interval.upper, example.shiftInterval[1]))
            #expect(isClose(shift.coverage, example.coverage))
            let ratio = try #require(HodgesLehmann.ratio(example.a, example.b, confidence: example.confidence))
            #expect(isClose(ratio.ratio, example.ratio))
            #expect(isClose(ratio.interval.lower, example.ratioInterval[0]))
            #expect(isClose(ratio.interval.upper, example.ratioInterval[1]))
            #expect(isClose(ratio.coverage, example.coverage))
        }
    }

    @Test("Hollander & Wolfe, examples 4.3 and 4.4: 0.305 with -0.15 to 0.76 at 96 %")
    func hollanderAndWolfe() throws {
        let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
        let early = [1.15, 0.88, 0.90, 0.74, 1.21]
        let found = try #require(HodgesLehmann.shift(early, term))
        #expect(isClose(found.shift, 0.305))
        #expect(isClose(found.interval.lower, -0.15))
        #expect(isClose(found.interval.upper, 0.76))
        #expect(isClose(found.coverage, 0.96, tolerance: 0.001))
    }

    @Test("the interval holds exactly the shifts that the test does not reject", arguments: [(6, 6), (8, 5), (12, 11)])
    func dualToTheTest(n: Int, m: Int) throws {
        var random = RandomSamples(seed: UInt64(n))
        let a = random.fractions(n)
        let b = random.fractions(m)
        let interval = try #require(HodgesLehmann.shift(a, b)).interval
        let step = 1e-9
        func p(_ shift: Double) -> Double {
            MannWhitney.test(a.map { $0 + shift }, b).pValue
        }
        #expect(p(interval.lower + step) > 0.05 && p(interval.upper - step) > 0.05)
        #expect(p(interval.lower - step) <= 0.05 && p(interval.upper + step) <= 0.05)
    }

    @Test("shifting and scaling a sample shifts and scales the estimate; exchanging the samples mirrors it")
    func equivariance() throws {
        var random = RandomSamples(seed: 51)
        for _ in 0..<40 {
            let a = random.fractions(random.size(1...40)).map { $0 + 1 }
            let b = random.fractions(random.size(1...40)).map { $0 + 1 }
            let found = try #require(HodgesLehmann.shift(a, b))
            let moved = try #require(HodgesLehmann.shift(a, b.map { $0 + 10 }))
            let mirrored = try #require(HodgesLehmann.shift(b, a))
            #expect(isClose(moved.shift, found.shift + 10) && isClose(mirrored.shift, -found.shift))
            #expect(isClose(mirrored.interval.lower, -found.interval.upper))
            #expect(found.interval.contains(found.shift))
            let ratio = try #require(HodgesLehmann.ratio(a, b))
            let doubled = try #require(HodgesLehmann.ratio(a, b.map { $0 * 2 }))
            #expect(isClose(doubled.ratio, ratio.ratio * 2))
            #expect(isClose(try #require(HodgesLehmann.ratio(b, a)).ratio, 1 / ratio.ratio))
            #expect(ratio.interval.contains(ratio.ratio))
        }
    }

    @Test("large samples use the normal approximation, and hold their confidence")
    func largeSamples() throws {
        let a = (0..<40).map(Double.init)
        let found = try #require(HodgesLehmann.shift(a, a.map { $0 + 5 }))
        #expect(found.shift == 5)
        #expect(found.coverage >= 0.95 && found.coverage < 0.952)
        #expect(found.interval.contains(5) && !found.interval.contains(-5))
    }

    @Test("small samples say that they cannot reach the confidence")
    func smallSamples() throws {
        let found = try #require(HodgesLehmann.shift([1, 2, 3], [11, 12, 13]))
        #expect(found.interval == Interval(lower: 8, upper: 12))
        #expect(isClose(found.coverage, 0.9))
    }

    @Test("with zeros among the values the ratio is relative to the base median")
    func zeros() throws {
        let found = try #require(HodgesLehmann.ratio([0, 10, 10, 10], [0, 20, 20, 20]))
        #expect(isClose(found.ratio, 2))
        #expect(HodgesLehmann.ratio([0, 0, 0], [1, 2, 3]) == nil)
        #expect(HodgesLehmann.ratio([-5, -4, -3], [1, 2, 3]) == nil)
    }

    @Test("empty samples and values that are not finite have no estimate")
    func nothing() {
        #expect(HodgesLehmann.shift([], [1]) == nil)
        #expect(HodgesLehmann.shift([1], [.nan]) == nil)
        #expect(HodgesLehmann.ratio([], []) == nil)
        #expect(HodgesLehmann.ratio([1, 2], []) == nil)
        #expect(HodgesLehmann.ratio([1, .infinity], [1, 2]) == nil)
    }
}
