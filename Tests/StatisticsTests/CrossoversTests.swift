import Foundation
import Testing

@testable import Statistics

@Suite("Crossovers")
struct CrossoversTests {
    @Test("of two power laws lie where the equation says, however coarse the sizes")
    func powerLaws() throws {
        var random = RandomSamples(seed: 11)
        for _ in 0..<50 {
            let numbers = random.fractions(3)
            let crossing = pow(10, 0.2 + 3.6 * numbers[0])
            let flat = SyntheticCurves.power(3, 0.1 * numbers[1])
            let steepness = 0.4 + numbers[2]
            let steep = SyntheticCurves.power(3 * pow(crossing, 0.1 * numbers[1] - steepness), steepness)
            let found = SyntheticCurves.crossovers(flat, steep, axes: SyntheticCurves.logarithmic)
            try #require(found.count == 1)
            #expect(found[0].x.isAbout(crossing, within: 1e-6))
            #expect(found[0].y.isAbout(3 * pow(crossing, 0.1 * numbers[1]), within: 1e-6))
            #expect(!found[0].isFirstLowerBefore && found[0].isClear && !found[0].isAcrossGap)
            let interval = try #require(found[0].interval)
            #expect(interval.lower.isAbout(crossing, within: 1e-6) && interval.upper.isAbout(crossing, within: 1e-6))
        }
    }

    @Test("of noisy power laws have an interval that holds the true one about as often as it claims")
    func coverage() {
        var held = 0
        for seed in 0..<100 as Range<UInt64> {
            let flat = SyntheticCurves.power(60, 0, noise: 0.2, seed: 2 * seed)
            let steep = SyntheticCurves.power(60 / pow(300, 0.5), 0.5, noise: 0.2, seed: 2 * seed + 1)
            let found = SyntheticCurves.crossovers(flat, steep, axes: SyntheticCurves.logarithmic, seed: seed)
            guard found.count == 1, found[0].isClear else { continue }
            held += found[0].interval?.contains(300) == true ? 1 : 0
        }
        #expect(held >= 85)
    }

    @Test("of two curves of the same thing are hardly ever clear")
    func sameThing() {
        var crossing = 0
        var clear = 0
        for seed in 0..<100 as Range<UInt64> {
            let one = SyntheticCurves.power(60, 0.3, noise: 0.2, seed: 2 * seed)
            let two = SyntheticCurves.power(60, 0.3, noise: 0.2, seed: 2 * seed + 1)
            let found = SyntheticCurves.crossovers(one, two, axes: SyntheticCurves.logarithmic, seed: seed)
            crossing += found.isEmpty ? 0 : 1
            clear += found.contains { $0.isClear } ? 1 : 0
        }
        #expect(crossing > 80, "noise makes them cross")
        #expect(clear <= 10)
    }

    @Test("that most resamples do not have are without an interval")
    func mostlyAbsent() throws {
        let low = [Double](repeating: -1.1, count: 3) + [Double](repeating: 1, count: 3)
        // In the middle the order is one of chance: of both sizes, about four resamples in nine have the order of the medians.
        let values = [[1, 1], low, low.map { -$0 }, [-1, -1]]
        let first = ScaleSeries(values.enumerated().map { .init(x: Double($0 + 1), values: $1) })
        let found = SyntheticCurves.crossovers(first, SyntheticCurves.heights([0, 0, 0, 0]))
        try #require(found.count == 3)
        #expect(found.map { $0.interval == nil } == [false, true, false])
        #expect(found.map(\.isFirstLowerBefore) == [false, true, false])
    }

    @Test("are the same the other way round, but for who is lower")
    func symmetry() throws {
        for seed in 0..<20 as Range<UInt64> {
            let one = SyntheticCurves.power(60, 0, noise: 0.3, seed: seed)
            let two = SyntheticCurves.power(5, 0.5, noise: 0.3, seed: seed + 100)
            let there = SyntheticCurves.crossovers(one, two, axes: SyntheticCurves.logarithmic)
            let back = SyntheticCurves.crossovers(two, one, axes: SyntheticCurves.logarithmic)
            #expect(!there.isEmpty && there.count == back.count)
            for (left, right) in zip(there, back) {
                #expect(left.x.isAbout(right.x) && left.y.isAbout(right.y))
                #expect(left.isFirstLowerBefore != right.isFirstLowerBefore)
            }
        }
    }

    @Test(
        "are changes of order: touching is none, and running together crosses in the middle",
        arguments: [
            ([1, 1, 1], [2, 2, 2], []), ([1, 1, 1], [2, 1, 2], []), ([1, 1, 1], [1, 2, 2], []),
            ([1, 1], [0, 2], [1.5]), ([1, 1, 1], [0, 1, 2], [2]), ([1, 1, 1, 1], [0, 1, 1, 2], [2.5]),
            ([1, 1, 1], [0, 4, 0], [1.25, 2.75]), ([1], [2], []), ([], [], []), ([1, 1], [1, 1], []),
        ] as [([Double], [Double], [Double])]
    )
    func order(first: [Double], second: [Double], places: [Double]) {
        let found = SyntheticCurves.crossovers(SyntheticCurves.heights(first), SyntheticCurves.heights(second))
        #expect(found.map(\.x) == places)
        for (crossing, next) in zip(found, found.dropFirst()) {
            #expect(crossing.isFirstLowerBefore != next.isFirstLowerBefore)
        }
    }

    @Test("over a missing size say so")
    func gaps() throws {
        let flat = SyntheticCurves.heights([1, 1, 1, 1])
        let found = SyntheticCurves.crossovers(flat, SyntheticCurves.heights([0, nil, 2, 2]))
        #expect(found.map(\.x) == [2] && found.map(\.isAcrossGap) == [true])
        let elsewhere = SyntheticCurves.crossovers(flat, SyntheticCurves.heights([nil, 0, 2, nil]))
        #expect(elsewhere.map(\.x) == [2.5] && elsewhere.map(\.isAcrossGap) == [false])
        #expect(SyntheticCurves.crossovers(flat, SyntheticCurves.heights([nil, nil, nil, nil])).isEmpty)
    }

    @Test("that the trials cannot place inside the sizes have an open end")
    func openEnd() throws {
        let flat = ScaleSeries((1...3).map { .init(x: Double($0), values: [10, 10, 10, 10, 10, 10]) })
        let rising = ScaleSeries([
            .init(x: 1, values: [5, 5, 5, 5, 5, 5]), .init(x: 2, values: [8, 8, 8, 8, 8, 8]),
            .init(x: 3, values: [9, 9, 9.9, 10.3, 11, 12]),
        ])
        let found = SyntheticCurves.crossovers(flat, rising)
        try #require(found.count == 1)
        let interval = try #require(found[0].interval)
        #expect(interval.upper == .infinity && interval.lower > 2 && interval.lower < 3)
        #expect(!found[0].isClear)
        let mirrored = rising.points.map { ScaleSeries.Point(x: 4 - $0.x, values: $0.values) }
        let falling = SyntheticCurves.crossovers(flat, ScaleSeries(mirrored))
        #expect(falling.first?.interval?.lower == -.infinity)
    }

    @Test("of single trials have no interval and are never clear")
    func singleTrials() throws {
        let found = SyntheticCurves.crossovers(
            SyntheticCurves.heights([1, 1], trials: 1), SyntheticCurves.heights([0, 2], trials: 1))
        try #require(found.count == 1)
        #expect(found[0].interval == nil && !found[0].isClear)
    }

    @Test("ignore values that are not finite, and values that a logarithmic axis cannot hold")
    func badNumbers() {
        let flat = SyntheticCurves.heights([1, 1, 1])
        let odd = ScaleSeries([
            .init(x: 1, values: [.nan, 0.5]), .init(x: 2, values: [.nan, .infinity]), .init(x: 3, values: [2]),
            .init(x: .nan, values: [7]), .init(x: .infinity, values: [7]),
        ])
        #expect(odd.points.map(\.x) == [1, 2, 3] && odd.points.map(\.median) == [0.5, nil, 2])
        #expect(SyntheticCurves.crossovers(flat, odd).map(\.isAcrossGap) == [true])
        let zero = SyntheticCurves.heights([0, 2, 2])
        #expect(SyntheticCurves.crossovers(flat, zero, axes: SyntheticCurves.logarithmic).isEmpty)
    }

    @Test("depend on the seed alone")
    func repeatable() {
        let one = SyntheticCurves.power(60, 0, noise: 0.3)
        let two = SyntheticCurves.power(5, 0.5, noise: 0.3, seed: 9)
        #expect(
            SyntheticCurves.crossovers(one, two, axes: SyntheticCurves.logarithmic)
                == SyntheticCurves.crossovers(one, two, axes: SyntheticCurves.logarithmic))
    }

    @Test(
        "axes are logarithmic beyond a decade of sizes and beyond a factor of five of values",
        arguments: [
            ([1, 10], [1, 5], false, false), ([1, 16], [1, 5.1], true, true), ([0, 100], [0, 1e6], false, false),
            ([-1, 100], [.nan, 1], false, false), ([], [], false, false),
        ] as [([Double], [Double], Bool, Bool)]
    )
    func axes(sizes: [Double], values: [Double], isX: Bool, isY: Bool) {
        #expect(CurveAxes(sizes: sizes, values: values) == CurveAxes(isXLogarithmic: isX, isYLogarithmic: isY))
    }
}
