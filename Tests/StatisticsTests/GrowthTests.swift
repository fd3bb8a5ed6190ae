import Foundation
import Testing

@testable import Statistics

@Suite("Growth")
struct GrowthTests {
    @Test(
        "of a power law is its exponent, and the word for it",
        arguments: [
            (-1, [.falling]), (0, [.constant]), (0.5, [.subLinear]), (1, [.linear]), (1.5, [.superLinear]),
            (2, [.quadratic]), (3, [.steeper]),
        ] as [(Double, [Growth.Shape])]
    )
    func exact(exponent: Double, shapes: [Growth.Shape]) throws {
        let growth = try #require(SyntheticCurves.growth(SyntheticCurves.power(4, exponent)))
        #expect(growth.exponent.isAbout(exponent) && growth.coefficient.isAbout(4))
        #expect(growth.departure.isAbout(1) && growth.sizes == 6 && growth.shapes == shapes)
    }

    @Test("of a noisy power law has an interval that holds the true exponent about as often as it claims")
    func coverage() throws {
        var random = RandomSamples(seed: 3)
        var held = 0
        for seed in 0..<100 as Range<UInt64> {
            let exponent = 2.5 * random.fractions(1)[0]
            let series = SyntheticCurves.power(1e-6, exponent, noise: 0.3, seed: seed)
            let growth = try #require(SyntheticCurves.growth(series, seed: seed))
            let interval = try #require(growth.interval)
            #expect(interval.contains(growth.exponent))
            held += interval.contains(exponent) ? 1 : 0
        }
        #expect(held >= 85)
    }

    @Test("does not depend on the unit of the values")
    func units() throws {
        let seconds = SyntheticCurves.power(1e-6, 0.7, noise: 0.3)
        let micros = ScaleSeries(seconds.points.map { .init(x: $0.x, values: $0.values.map { $0 * 1e6 }) })
        let one = try #require(SyntheticCurves.growth(seconds))
        let other = try #require(SyntheticCurves.growth(micros))
        #expect(one.exponent.isAbout(other.exponent) && one.shapes == other.shapes)
    }

    @Test("with an interval over several words has the first and the last of them")
    func uncertain() throws {
        let series = ScaleSeries([
            .init(x: 1, values: [1, 2, 3, 4, 5, 6]), .init(x: 10, values: [10, 20, 30, 40, 50, 60]),
        ])
        let growth = try #require(SyntheticCurves.growth(series))
        #expect(growth.exponent.isAbout(1))
        #expect(growth.shapes == [.subLinear, .superLinear])
    }

    @Test("that is no power law departs from the fit")
    func departure() throws {
        let series = ScaleSeries(SyntheticCurves.sizes.map { .init(x: $0, values: [50 + $0, 50 + $0]) })
        let growth = try #require(SyntheticCurves.growth(series))
        #expect(growth.departure > 2 && growth.shapes == [.subLinear])
    }

    @Test("leaves out sizes and values without a logarithm, and says how many sizes are left")
    func zeros() throws {
        let series = ScaleSeries([
            .init(x: 0, values: [1, 1]), .init(x: 1, values: [0, 3]), .init(x: 2, values: [2, 2]),
            .init(x: 4, values: [4, 4]), .init(x: 8, values: []), .init(x: 16, values: [.nan]),
        ])
        let growth = try #require(SyntheticCurves.growth(series))
        #expect(growth.exponent.isAbout(1) && growth.sizes == 2)
    }

    @Test("of fewer than two sizes is not known", arguments: [[], [5.0], [0, 0, 0], [-1, -2]])
    func tooFew(heights: [Double]) {
        #expect(SyntheticCurves.growth(SyntheticCurves.heights(heights)) == nil)
    }

    @Test("of single trials has no interval and no word")
    func singleTrials() throws {
        let growth = try #require(SyntheticCurves.growth(SyntheticCurves.heights([1, 2, 3], trials: 1)))
        #expect(growth.exponent.isAbout(1) && growth.interval == nil && growth.shapes.isEmpty)
    }

    @Test(
        "words meet without a gap",
        arguments: zip(
            [-0.11, -0.1, 0.1, 0.11, 0.89, 0.9, 1.1, 1.11, 1.89, 1.9, 2.1, 2.11],
            [
                .falling, .constant, .constant, .subLinear, .subLinear, .linear, .linear, .superLinear, .superLinear,
                .quadratic, .quadratic, .steeper,
            ] as [Growth.Shape]
        )
    )
    func words(exponent: Double, shape: Growth.Shape) {
        #expect(Growth.Shape(exponent: exponent) == shape)
    }

    @Test("trials of one size given twice are joined")
    func joined() {
        let series = ScaleSeries([.init(x: 2, values: [1]), .init(x: 1, values: [9]), .init(x: 2, values: [3])])
        #expect(series.points.map(\.x) == [1, 2] && series.points.map(\.median) == [9, 2])
    }

    @Test("resamples of many values stay within them")
    func many() {
        var random = SeededGenerator(seed: 1)
        let values = (0..<301).map(Double.init)
        let resamples = MedianResamples(ScaleSeries([.init(x: 1, values: values)]), count: 50, random: &random)
        #expect(resamples.medians[0].count == 50 && resamples.medians[0].allSatisfy { $0 > 100 && $0 < 200 })
        #expect(Set(resamples.medians[0]).count > 5)
    }
}
