import Statistics
import Testing

@Suite("Two groups within one side")
struct TwoGroupsTests {
    @Test("a third of the values at half the rate is found, with counts and middles, in any order")
    func found() throws {
        let values = [9.8e9, 4.9e9, 9.7e9, 9.9e9, 4.8e9, 9.8e9, 9.8e9, 5.0e9, 9.6e9, 9.9e9, 4.9e9, 9.8e9]
        let groups = try #require(TwoGroups.find(in: values))
        #expect(groups.lower.count == 4 && groups.upper.count == 8)
        #expect(groups.lower.median == 4.9e9 && groups.upper.median == 9.8e9)
        #expect(groups.boundary == (5.0e9 + 9.6e9) / 2)
    }

    @Test(
        "these are one group",
        arguments: [
            [10, 10.1, 9.9, 10, 10.2], [10, 10.1, 9.9, 10, 10.2, 5], [1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8],
            [10, 10.2, 9.9, 10.1, .nan, 5, 5.1], [],
        ]
    )
    func oneGroup(values: [Double]) {
        #expect(TwoGroups.find(in: values) == nil)
    }

    @Test("two values far away are a group, and one is not; from six values on")
    func fewest() {
        let near = [10, 10.1, 9.9, 10.05]
        #expect(TwoGroups.find(in: near + [5, 5.02])?.lower.count == 2)
        #expect(TwoGroups.find(in: near + [9.95, 5]) == nil)
        #expect(TwoGroups.find(in: near.dropLast() + [5, 5.02]) == nil)
    }

    @Test("the gap has to be more than 4 + 18 / n times the scatter: 7 for six values, 4.75 for twenty-four")
    func separation() {
        // Two groups of n / 2 values at 0 and ±1 around their middles, on a scale that is not logarithmic (a value is 0).
        func pair(_ half: Int, gap: Double) -> [Double] {
            let lower = (0..<half).map { $0.isMultiple(of: 2) ? 0.0 : 1 }
            return lower + lower.map { $0 + 1 + gap }
        }
        // The pooled deviation: of half values, half are 0.5 above and half 0.5 below the mean.
        func scatter(_ half: Int) -> Double { (0.25 * Double(2 * half) / Double(2 * half - 2)).squareRoot() }
        for half in [4, 6, 12, 15] {
            let limit = (4 + 18 / Double(2 * half)) * scatter(half)
            #expect(TwoGroups.find(in: pair(half, gap: limit * 1.01))?.lower.count == half)
            #expect(TwoGroups.find(in: pair(half, gap: limit * 0.99)) == nil)
        }
    }

    @Test("groups do not depend on the unit, and mirrored values have mirrored groups")
    func symmetry() throws {
        var random = RandomSamples(seed: 81)
        for _ in 0..<50 {
            let values = random.fractions(8).map { 100 + $0 } + random.fractions(3).map { 200 + $0 }
            let groups = try #require(TwoGroups.find(in: values))
            let scaled = try #require(TwoGroups.find(in: values.map { $0 * 1024 }))
            #expect(scaled.lower.count == groups.lower.count && scaled.lower.median == groups.lower.median * 1024)
            let mirrored = try #require(TwoGroups.find(in: values.map { 1 / $0 }))
            #expect(mirrored.lower.count == groups.upper.count)
        }
    }

    @Test("noise of one group is called two in less than three of a hundred samples", arguments: [6, 8, 12, 24])
    func falseAlarms(n: Int) {
        var random = RandomSamples(seed: 82)
        let alarms = (0..<2_000).count { _ in TwoGroups.find(in: random.normals(n).map { 100 + $0 }) != nil }
        #expect(alarms < 60)
    }
}
