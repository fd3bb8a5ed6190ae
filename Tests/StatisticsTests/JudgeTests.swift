import Contract
import Foundation
import Statistics
import Testing

@Suite("Judging comparisons")
struct JudgeTests {
    private static func metric(_ better: Direction, relevant: Double = 0.05) -> Metric {
        Metric(name: "m", unit: "s", better: better, description: "A metric.", minimumRelevantChange: relevant)
    }

    private static let eight: [Double] = [100, 101, 99, 100.5, 99.5, 100.2, 99.8, 101.5]

    private func judge(
        _ base: [Double], _ candidate: [Double], better: Direction = .higher, relevant: Double = 0.05
    ) throws -> Comparison {
        let pair = Judge.Pair(
            metric: Self.metric(better, relevant: relevant), variant: "v", base: base, candidate: candidate
        )
        return try #require(Judge.compare([pair], seed: 1).first)
    }

    @Test(
        "a significant and relevant change goes by the direction of the metric",
        arguments: [
            (Direction.higher, 1.2, Verdict.improved), (.higher, 0.8, .regressed), (.lower, 1.2, .regressed),
            (.lower, 0.8, .improved), (.neither, 1.2, .inconclusive),
        ]
    )
    func direction(better: Direction, factor: Double, expected: Verdict) throws {
        let found = try judge(Self.eight, Self.eight.map { $0 * factor }, better: better)
        #expect(found.verdict == expected)
        #expect(isClose(try #require(found.ratio), factor))
        #expect(found.reason.hasPrefix(factor > 1 ? "+20.0 %" : "-20.0 %"))
        #expect(found.adjustedPValue < 0.05 && found.pValue == found.adjustedPValue)
    }

    @Test("a significant change below the relevant one is unchanged")
    func irrelevant() throws {
        let found = try judge(Self.eight, Self.eight.map { $0 * 1.03 })
        #expect(found.verdict == .unchanged)
        #expect(found.adjustedPValue < 0.05)
        #expect(
            found.reason.contains("significant") && found.reason.contains("below the minimum relevant change of 5 %"))
    }

    @Test("a significant change below the relevant one that may be far more is inconclusive")
    func perhapsRelevant() throws {
        let skewed = Self.eight.enumerated().map { $1 * ($0 < 3 ? 1.3 : 1.035) }
        let found = try judge(Self.eight, skewed)
        #expect(found.adjustedPValue < 0.05)
        #expect(try #require(found.ratio) < 1.05)
        #expect(found.verdict == .inconclusive)
        #expect(found.reason.contains("which may be far more than the minimum relevant change of 5 %"))
    }

    @Test("a change that is not significant within a narrow interval is unchanged")
    func unchanged() throws {
        let found = try judge(Self.eight, Self.eight.map { $0 + 0.1 })
        #expect(found.verdict == .unchanged)
        #expect(found.reason.hasPrefix("no significant change"))
        #expect(found.interval?.contains(1) == true)
    }

    @Test("an interval that still allows a relevant change is inconclusive")
    func tooWide() throws {
        let noisy: [Double] = [60, 140, 80, 120, 70, 130, 100, 90]
        let found = try judge(noisy, noisy.map { $0 + 1 })
        #expect(found.verdict == .inconclusive)
        #expect(found.reason.contains("interval too wide") && found.reason.contains("more repetitions"))
    }

    @Test("three and three can prove nothing, and the reason says how many could")
    func tooFew() throws {
        let found = try judge([1, 2, 3], [101, 102, 103])
        #expect(found.verdict == .inconclusive)
        #expect(
            found.reason
                == "too few samples (3 and 3): the smallest possible p is 0.1, the level 0.05; "
                + "needs at least 4 on each side"
        )
        #expect(try judge([1, 2, 3, 4], [101, 102, 103, 104]).verdict == .improved)
        // A level that the smallest possible p just reaches is not undercut: 2 of 4 arrangements, and a half.
        let pair = Judge.Pair(metric: Self.metric(.higher), variant: "v", base: [1], candidate: [101, 102, 103])
        #expect(Judge.compare([pair], confidence: 0.5).first?.reason.hasPrefix("too few samples (1 and 3)") == true)
    }

    @Test("equal samples are unchanged, also at zero")
    func constant() throws {
        for value in [0.0, 7] {
            let same = [Double](repeating: value, count: 5)
            let found = try judge(same, same, better: .lower)
            #expect(found.verdict == .unchanged)
            #expect(found.reason == "all samples are equal")
            #expect(found.pValue == 1)
        }
    }

    @Test("the same samples on both sides compared nothing, and are not unchanged")
    func identical() throws {
        let found = try judge(Self.eight, Self.eight, better: .lower)
        #expect(found.verdict == .inconclusive)
        #expect(found.reason.hasPrefix("both sides are the same samples, so that nothing was compared"))
        #expect(found.ratio == 1)
        #expect(try judge(Self.eight, Self.eight.reversed(), better: .lower).verdict == .unchanged)
        // Small counts come in the same order by chance.
        let counts: [Double] = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3]
        #expect(try judge(counts, counts, better: .lower).verdict == .unchanged)
    }

    @Test("from a base of zero there is no ratio, and the shift decides")
    func zeroBase() throws {
        let zeros = [Double](repeating: 0, count: 6)
        let found = try judge(zeros, [4, 5, 6, 5, 4, 7], better: .lower)
        #expect(found.verdict == .regressed)
        #expect(found.ratio == nil && found.interval == nil)
        #expect(found.shift == 5)
        #expect(found.reason.hasPrefix("changed by +5.0 s from a base of 0"))

        let rare = try judge(zeros + [0, 0], [0, 0, 1, 0, 0, 0, 0, 0], better: .lower)
        #expect(rare.verdict == .unchanged)
        #expect(rare.reason.hasPrefix("no shift from a base of 0"))

        let often = try judge(zeros, [0, 2, 0, 3, 0, 4], better: .lower)
        #expect(often.verdict == .inconclusive)
        #expect(often.reason.contains("needs more repetitions"))
    }

    @Test("a side without samples is inconclusive and does not make the correction stricter")
    func emptySides() throws {
        let good = Judge.Pair(
            metric: Self.metric(.higher), variant: "a", base: Self.eight, candidate: Self.eight.map { $0 * 2 }
        )
        let empty = Judge.Pair(metric: Self.metric(.higher), variant: "b", base: Self.eight, candidate: [])
        let none = Judge.Pair(metric: Self.metric(.higher), variant: "c", base: [], candidate: [])
        let found = Judge.compare([empty, good, none])
        #expect(found.map(\.variant) == ["b", "a", "c"])
        #expect(found.map(\.verdict) == [.inconclusive, .improved, .inconclusive])
        #expect(found[0].reason == "the candidate has no samples: look for failed trials")
        #expect(found[2].reason == "base and candidate have no samples: look for failed trials")
        #expect(found[1].adjustedPValue == found[1].pValue)
        #expect(found[0].adjustedPValue == 1 && found[0].shift == nil && found[0].candidate.median == nil)
    }

    @Test("samples that are not finite are never silently dropped")
    func notFinite() throws {
        let found = try judge(Self.eight + [.nan], Self.eight.map { $0 * 2 })
        #expect(found.verdict == .inconclusive)
        #expect(found.reason.hasPrefix("1 samples are not finite"))
    }

    @Test("Holm's correction spans all pairs: among many, five and five are not enough, and the reason says so")
    func correction() throws {
        let five: [Double] = [100, 101, 99, 100.5, 99.5]
        let changed = Judge.Pair(
            metric: Self.metric(.lower), variant: "changed", base: five, candidate: five.map { $0 * 1.15 }
        )
        #expect(Judge.compare([changed]).first?.verdict == .regressed)
        let same = (0..<24).map {
            Judge.Pair(metric: Self.metric(.lower), variant: "same \($0)", base: five, candidate: five.map { $0 + 0.1 })
        }
        let found = Judge.compare([changed] + same)
        #expect(isClose(found[0].adjustedPValue, 25 * 2 / 252))
        #expect(found[0].verdict == .inconclusive)
        #expect(found[0].reason.contains("looks relevant") && found[0].reason.contains("needs at least 7 on each side"))
        #expect(found.dropFirst().allSatisfy { $0.verdict == .inconclusive && $0.interval == nil })
        let ten = same.map { pair in
            let values = (0..<10).map { 100 + Double($0) / 10 }
            return Judge.Pair(
                metric: pair.metric, variant: pair.variant, base: values, candidate: values.map { $0 + 0.05 })
        }
        #expect(Judge.compare(ten).allSatisfy { $0.verdict == .unchanged })
    }

    @Test(
        "exchanging base and candidate exchanges improved and regressed, and no other verdict",
        arguments: [0, 0.05, 0.25])
    func antisymmetry(relevant: Double) throws {
        var random = RandomSamples(seed: 71)
        var seen: Set<Verdict> = []
        let mirrored: [Verdict: Verdict] = [.improved: .regressed, .regressed: .improved]
        for round in 0..<200 {
            // Around the smallest relevant change, where a threshold that is not symmetric gives itself away.
            let factor = (1 + relevant) * (0.9 + 0.2 * random.fractions(1)[0])
            let spread = round.isMultiple(of: 2) ? 1.0 : 40
            var a = random.fractions(9).map { 100 + $0 * spread }
            var b = random.fractions(9).map { (100 + $0 * spread) * factor }
            // Every fourth has zeros, where there are no logarithms; some have so many that a median is 0.
            if round.isMultiple(of: 4) {
                for index in 0..<(round % 7) { a[index] = 0 }
                for index in 0..<(round % 3) { b[index] = 0 }
            }
            let forward = try judge(a, b, relevant: relevant).verdict
            let backward = try judge(b, a, relevant: relevant).verdict
            #expect(backward == mirrored[forward] ?? forward, "\(a) against \(b)")
            seen.insert(forward)
        }
        #expect(seen.contains(.improved) && seen.contains(.inconclusive))
    }

    @Test("a change by exactly the smallest relevant one is relevant in both directions")
    func boundary() throws {
        let raised = Self.eight.map { $0 * 1.25 }
        #expect(try judge(Self.eight, raised, relevant: 0.25).verdict == .improved)
        #expect(try judge(raised, Self.eight, relevant: 0.25).verdict == .regressed)
    }

    private func judge(
        _ base: [Double], _ candidate: [Double], timeOuts: (base: Set<Int>, candidate: Set<Int>)
    ) throws -> Comparison {
        let pair = Judge.Pair(
            metric: Self.metric(.lower), variant: "v", base: base, candidate: candidate,
            censoredBase: timeOuts.base, censoredCandidate: timeOuts.candidate
        )
        return try #require(Judge.compare([pair]).first)
    }

    @Test("time-outs on both sides are not called unchanged, however equal they look")
    func timeOutsEverywhere() throws {
        let all = Set(0..<8)
        for values in [[Double](repeating: 1, count: 8), Self.eight] {
            let found = try judge(values, values, timeOuts: (all, all))
            #expect(found.verdict == .inconclusive)
            #expect(found.reason.hasPrefix("16 of 16 values are time-outs"))
        }
    }

    @Test("time-outs that could reverse a change make it inconclusive, and ones that only add to it do not")
    func certainDirection() throws {
        let slow = Self.eight.map { $0 * 10 }
        let worse = try judge(Self.eight, slow, timeOuts: ([], Set(0..<8)))
        #expect(worse.verdict == .regressed)
        #expect(worse.reason.contains("8 of 16 values are time-outs"))
        #expect(try judge(slow, Self.eight, timeOuts: (Set(0..<8), [])).verdict == .improved)
        let doubtful = try judge(Self.eight, slow, timeOuts: (Set(0..<6), []))
        #expect(doubtful.verdict == .inconclusive)
        #expect(doubtful.reason.hasPrefix("6 of 16 values are time-outs") && doubtful.pValue > 0.05)
    }

    @Test("pure noise is called a change in less than one family of comparisons in ten")
    func falseAlarms() {
        var random = RandomSamples(seed: 72)
        var alarms = 0
        for _ in 0..<60 {
            let pairs = (0..<10).map { index in
                Judge.Pair(
                    metric: Self.metric(.lower, relevant: 0), variant: "\(index)", base: random.fractions(8),
                    candidate: random.fractions(8)
                )
            }
            if Judge.compare(pairs).contains(where: { [.improved, .regressed].contains($0.verdict) }) { alarms += 1 }
        }
        #expect(alarms < 6)
    }

    @Test("environments that differ turn any verdict into not comparable and keep the numbers")
    func notComparable() throws {
        let found = try judge(Self.eight, Self.eight.map { $0 * 1.2 })
        let marked = found.notComparable(because: "kernel.release differs: 6.1 and 6.18")
        #expect(marked.verdict == .notComparable && marked.verdict.rawValue == "not comparable")
        #expect(marked.reason == "kernel.release differs: 6.1 and 6.18")
        #expect(marked.ratio == found.ratio && marked.adjustedPValue == found.adjustedPValue)
        #expect(marked.base == found.base && marked.shiftInterval == found.shiftInterval)
    }

    @Test("comparisons survive JSON, also those without numbers")
    func codable() throws {
        let pairs = [
            Judge.Pair(metric: Self.metric(.lower), variant: "a", base: Self.eight, candidate: Self.eight.reversed()),
            Judge.Pair(metric: Self.metric(.neither), variant: "b", base: [], candidate: [.nan]),
        ]
        let found = Judge.compare(pairs)
        let again = try JSONDecoder().decode([Comparison].self, from: JSONEncoder().encode(found))
        #expect(again == found)
    }

    @Test("no pairs give no comparisons")
    func noPairs() {
        #expect(Judge.compare([]).isEmpty)
    }
}
