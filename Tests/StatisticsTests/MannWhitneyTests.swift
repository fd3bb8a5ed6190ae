import Testing

@testable import Statistics

@Suite("Mann-Whitney test")
struct MannWhitneyTests {
    private struct Case: Decodable {
        let name: String
        let method: MannWhitney.Method
        let a: [Double]
        let b: [Double]
        let u: Double
        let p: Double
    }

    @Test("agrees with SciPy: exact, permutation with ties, and normal")
    func agreesWithSciPy() throws {
        let cases = try Fixture.cases("mann-whitney", as: Case.self)
        #expect(cases.count == 32)
        for example in cases {
            let found = MannWhitney.test(example.a, example.b)
            #expect(found.u == example.u, "\(example.name)")
            #expect(isClose(found.pValue, example.p), "\(example.name): \(found.pValue), not \(example.p)")
            #expect(found.method == example.method, "\(example.name)")
        }
    }

    @Test("Hollander & Wolfe, example 4.1, permeability of the placental membrane: W = 35, one-sided p = 0.1272")
    func hollanderAndWolfe() {
        let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
        let early = [1.15, 0.88, 0.90, 0.74, 1.21]
        let found = MannWhitney.test(term, early)
        #expect(found.u == 35)
        #expect(isClose(found.pValue / 2, 0.1272, tolerance: 5e-5))
        #expect(found.method == .exact)
    }

    @Test("Wilcoxon 1945, fly spray: the data of the first rank-sum test, with ties")
    func wilcoxon() {
        let found = MannWhitney.test([68, 68, 59, 72, 64, 67, 70, 74], [60, 67, 61, 62, 67, 63, 56, 58])
        // Rank totals 91 and 45, less the smallest possible total of 36.
        #expect(found.u == 91 - 36)
        // 174 of the 12,870 arrangements are as extreme.
        #expect(isClose(found.pValue, 174.0 / 12_870))
    }

    @Test("I. Ruczinski, Statistics for Laboratory Scientists: W = 8, p = 0.02557")
    func laboratoryScientists() {
        let found = MannWhitney.test(
            [43.3, 57.1, 35.0, 50.0, 38.2, 61.2], [51.9, 95.1, 90.0, 49.7, 101.5, 74.1, 84.5, 46.8, 75.1]
        )
        #expect(found.u == 8)
        #expect(isClose(found.pValue, 0.02557, tolerance: 5e-6))
    }

    /// P(U <= u) to three digits, some of them cut rather than rounded, from the tables of Mann and Whitney (1947).
    private static let table: [(n: Int, m: Int, tails: [Double])] = [
        (3, 3, [0.050, 0.100, 0.200, 0.350, 0.500]),
        (4, 3, [0.028, 0.057, 0.114, 0.200, 0.314, 0.429]),
        (4, 4, [0.014, 0.029, 0.057, 0.100, 0.171, 0.243, 0.343, 0.443, 0.557]),
        (5, 5, [0.004, 0.008, 0.016, 0.028, 0.048, 0.075, 0.111, 0.155, 0.210, 0.274, 0.345, 0.421, 0.500]),
    ]

    @Test("the exact tails are those of Mann and Whitney's tables", arguments: table)
    func publishedTails(n: Int, m: Int, tails: [Double]) throws {
        let distribution = try #require(RankSumDistribution(n, m))
        for (u, expected) in tails.enumerated() {
            #expect(abs(distribution.lowerTail(u) - expected) < 0.001, "U <= \(u)")
        }
    }

    @Test(
        "the critical values for a two-sided level of 0.05 are those of the printed tables",
        arguments: zip([3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20], [nil, 0, 2, 5, 8, 13, 17, 23, 37, 64, 127])
    )
    func criticalValues(n: Int, expected: Int?) throws {
        #expect(try #require(RankSumDistribution(n, n)).criticalValue(0.025) == expected)
    }

    @Test("the distribution is symmetric, rises to 1, and does not depend on which sample is first")
    func distributionProperties() throws {
        for (n, m) in [(1, 1), (2, 5), (7, 3), (6, 6), (25, 25), (1, 625), (5, 125)] {
            let distribution = try #require(RankSumDistribution(n, m))
            let mirrored = try #require(RankSumDistribution(m, n))
            let tails = (-1...(n * m)).map(distribution.lowerTail)
            #expect(tails.first == 0 && tails.last == 1 && tails == tails.sorted())
            #expect(isClose(distribution.lowerTail(0), 1 / Combinations.choose(n + m, n)))
            for u in 0..<(n * m) {
                #expect(isClose(distribution.lowerTail(u) + distribution.lowerTail(n * m - u - 1), 1))
                #expect(distribution.lowerTail(u) == mirrored.lowerTail(u))
            }
        }
        #expect(RankSumDistribution(26, 25) == nil && RankSumDistribution(0, 3) == nil)
    }

    @Test("exchanging the samples, or scaling all values, changes nothing but the side of U")
    func symmetry() {
        var random = RandomSamples(seed: 41)
        for round in 0..<80 {
            let bound = round % 2 == 0 ? 6 : 1_000_000
            let a = random.wholes(random.size(1...30), below: bound)
            let b = random.wholes(random.size(1...30), below: bound)
            let forward = MannWhitney.test(a, b)
            let backward = MannWhitney.test(b, a)
            #expect(isClose(forward.pValue, backward.pValue))
            #expect(forward.u + backward.u == Double(a.count * b.count))
            #expect(forward.pValue > 0 && forward.pValue <= 1)
            #expect(MannWhitney.test(a.map { 3 * $0 + 1 }, b.map { 3 * $0 + 1 }) == forward)
        }
    }

    @Test("the normal approximation takes over where the exact one ends, and is close to it")
    func handover() {
        let a = (0..<25).map { Double($0) * 2 }
        let b = (0..<25).map { Double($0) * 2 + 9 }
        let exact = MannWhitney.test(a, b)
        let normal = MannWhitney.test(a + [50], b)
        #expect(exact.method == .exact && normal.method == .normal)
        #expect(abs(exact.pValue - MannWhitney.test(a + [24.5], b + [33.5]).pValue) < 0.02)
    }

    @Test("ties are counted exactly up to 20 and 20, and approximated from 21 and 20 on")
    func exactWithTies() {
        let a = (0..<20).map { Double($0 / 2) }
        let b = (0..<20).map { Double($0 / 2) + 1 }
        #expect(MannWhitney.test(a, b).method == .exact)
        #expect(MannWhitney.test(a + [3], b).method == .normal)
    }

    @Test("a p-value that is exactly the level does not reach it")
    func level() {
        #expect(MannWhitney.smallestPValue(3, 3) == 0.1)
        #expect(MannWhitney.valuesNeeded(below: 0.1) == 4 && MannWhitney.valuesNeeded(below: 0.1001) == 3)
    }

    @Test("the smallest p-value of a size is that of samples that do not overlap")
    func smallest() {
        for (n, m) in [(1, 1), (3, 3), (4, 4), (5, 5), (2, 9)] {
            let apart = MannWhitney.test((0..<n).map(Double.init), (100..<(100 + m)).map(Double.init))
            #expect(isClose(apart.pValue, MannWhitney.smallestPValue(n, m)))
        }
        // Printed in the documentation of benchmark tools: 3 and 3, 4 and 4, 5 and 5, 7 and 7.
        #expect(isClose(MannWhitney.smallestPValue(3, 3), 0.1))
        #expect(isClose(MannWhitney.smallestPValue(4, 4), 0.029, tolerance: 5e-4))
        #expect(isClose(MannWhitney.smallestPValue(5, 5), 0.0079, tolerance: 5e-5))
        #expect(isClose(MannWhitney.smallestPValue(7, 7), 0.0006, tolerance: 5e-5))
        #expect(MannWhitney.smallestPValue(0, 5) == 1)
        #expect(MannWhitney.smallestPValue(5_000, 5_000) == 0)
    }

    @Test("the number of values needed for a level", arguments: [(0.05, 4), (0.01, 5), (0.05 / 25, 7), (1.1, 1)])
    func needed(level: Double, expected: Int) {
        #expect(MannWhitney.valuesNeeded(below: level) == expected)
        #expect(MannWhitney.valuesNeeded(below: 0) == nil)
    }

    @Test("samples that tell nothing give p = 1")
    func nothingToTell() {
        #expect(MannWhitney.test([], [1, 2]).pValue == 1)
        #expect(MannWhitney.test([1], []).pValue == 1)
        #expect(MannWhitney.test([.nan], [1, 2]).pValue == 1)
        #expect(MannWhitney.test([5, 5, 5], [5, 5]).pValue == 1)
        #expect(MannWhitney.test(Array(repeating: 5, count: 60), Array(repeating: 5, count: 60)).pValue == 1)
    }

    @Test("infinite values rank above all others: a time-out is the slowest sample")
    func infiniteValues() {
        let found = MannWhitney.test([1, 2, .infinity, .infinity], [3, 4, 5, 6])
        #expect(found == MannWhitney.test([1, 2, 99, 99], [3, 4, 5, 6]))
    }
}
