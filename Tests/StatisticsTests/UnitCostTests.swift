import Testing

@testable import Statistics

@Suite("what one more unit of size adds")
struct UnitCostTests {
    private func fit(_ points: [(Double, [Double])], seed: UInt64 = 5) -> UnitCost? {
        var random = SeededGenerator(seed: seed)
        let series = ScaleSeries(points.map { ScaleSeries.Point(x: $0.0, values: $0.1) })
        return UnitCost.fit(MedianResamples(series, random: &random))
    }

    @Test("a line gives its slope and offset exactly")
    func line() throws {
        let cost = try #require(fit([1, 10, 100, 1_000].map { ($0, [3 + 2 * $0, 3 + 2 * $0]) }))
        #expect(abs(cost.slope - 2) < 1e-12 && abs(cost.offset - 3) < 1e-9 && cost.sizes == 4)
        let interval = try #require(cost.interval)
        #expect(abs(interval.lower - 2) < 1e-12 && abs(interval.upper - 2) < 1e-12)
    }

    @Test("the interval holds the slope, and grows with the noise")
    func noise() throws {
        let quiet = try #require(fit([(0, [9, 10, 11, 10, 10, 10]), (10, [29, 30, 31, 30, 30, 30])])?.interval)
        let loud = try #require(fit([(0, [5, 10, 15, 8, 12, 10]), (10, [20, 30, 40, 25, 35, 30])])?.interval)
        #expect(quiet.lower <= 2 && quiet.upper >= 2 && loud.lower < quiet.lower && loud.upper > quiet.upper)
    }

    @Test("values of 0 and below count, gaps do not, and single trials have no interval")
    func edges() throws {
        let cost = try #require(fit([(0, [0]), (1, []), (2, [-4])]))
        #expect(cost.slope == -2 && cost.offset == 0 && cost.sizes == 2 && cost.interval == nil)
        #expect(fit([(1, [1, 2]), (2, [])]) == nil)
        #expect(fit([]) == nil)
    }
}
