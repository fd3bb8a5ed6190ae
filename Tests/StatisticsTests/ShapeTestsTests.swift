import Testing

@testable import Statistics

@Suite("Tests of shape: Fisher, spread and tails")
struct ShapeTestsTests {
    private struct Table: Decodable {
        let a: Int
        let n: Int
        let b: Int
        let m: Int
        let p: Double
    }

    private struct Sides: Decodable {
        let a: [Double]
        let b: [Double]
        let spread: Double
        let lower: Double
        let upper: Double
    }

    @Test("Fisher's test agrees with SciPy")
    func fisher() throws {
        let cases = try Fixture.cases("fisher", as: Table.self)
        #expect(cases.count == 7)
        for table in cases {
            let found = FisherExact.pValue(table.a, of: table.n, table.b, of: table.m)
            #expect(isClose(found, table.p), "\(table): \(found)")
            #expect(isClose(FisherExact.pValue(table.b, of: table.m, table.a, of: table.n), table.p))
        }
        #expect(FisherExact.pValue(1, of: 0, 1, of: 3) == 1 && FisherExact.pValue(4, of: 3, 1, of: 3) == 1)
    }

    @Test("spread and tails agree with SciPy")
    func agreesWithSciPy() throws {
        let cases = try Fixture.cases("shape", as: Sides.self)
        #expect(cases.count == 6)
        for sides in cases {
            #expect(isClose(SpreadTest.pValue(sides.a, sides.b), sides.spread))
            #expect(isClose(TailTest.pValue(sides.a, sides.b, at: .lower), sides.lower))
            #expect(isClose(TailTest.pValue(sides.a, sides.b, at: .upper), sides.upper))
        }
    }

    @Test("no other values of the same sizes give a smaller p-value of a tail", arguments: [(4, 4), (6, 6), (12, 5)])
    func smallest(n: Int, m: Int) {
        let apart = (0..<n).map(Double.init)
        let above = (100..<(100 + m)).map(Double.init)
        let both = min(
            TailTest.pValue(apart, above, at: .upper), TailTest.pValue(apart, above, at: .lower))
        #expect(isClose(TailTest.smallestPValue(n, m), both))
    }

    @Test("a tail's value is in the middle of the outer quarter, and equal values are all in it or all out")
    func tails() {
        let values = (0...8).map(Double.init)
        #expect(TailTest.value(values, at: .lower) == 1 && TailTest.value(values, at: .upper) == 7)
        #expect(TailTest.value([], at: .lower) == nil)
        let same = [Double](repeating: 5, count: 8)
        #expect(TailTest.pValue(same, same, at: .lower) == 1)
        #expect(TailTest.pValue(same, [], at: .lower) == 1 && SpreadTest.pValue([], same) == 1)
    }

    @Test("values that only scatter more are seen by the spread, and not by the test of middles")
    func spread() {
        let narrow = (-10...10).map { 100 + Double($0) / 10 }
        let wide = (-10...10).map { 100.003 + Double($0) }
        #expect(MannWhitney.test(narrow, wide).pValue > 0.5)
        #expect(SpreadTest.pValue(narrow, wide) < 0.0001)
    }
}
