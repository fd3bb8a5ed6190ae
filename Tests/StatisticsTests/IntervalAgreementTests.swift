import Contract
import Statistics
import Testing

@Suite("Intervals and verdicts agree")
struct IntervalAgreementTests {
    private static let metric = Metric(
        name: "m", unit: "s", better: .lower, description: "", minimumRelevantChange: 0.05)

    @Test("the interval leaves out 1 exactly where the difference is significant, with ties and without")
    func agreement() throws {
        var random = RandomSamples(seed: 91)
        var seen = [true: 0, false: 0]
        for round in 0..<60 {
            let n = random.size(4...12)
            let pairs = (0..<random.size(1...20)).map { index in
                let shift = Double(index % 4) * 0.02
                func side(_ factor: Double) -> [Double] {
                    let noise =
                        round.isMultiple(of: 2) ? random.fractions(n) : random.wholes(n, below: 4).map { $0 / 8 }
                    return noise.map { (100 + 4 * $0) * factor }
                }
                return Judge.Pair(
                    metric: Self.metric, variant: "\(index)", base: side(1), candidate: side(1 + shift))
            }
            for found in Judge.compare(pairs) {
                guard let interval = found.interval else {
                    #expect(!found.isSignificant && found.verdict == .inconclusive)
                    continue
                }
                let excludes = interval.lower > 1 || interval.upper < 1
                // Equal values may put an end of the interval on 1 itself.
                #expect(excludes == found.isSignificant || interval.lower == 1 || interval.upper == 1)
                if found.isSignificant { #expect(found.adjustedPValue < 0.05) }
                if found.verdict == .unchanged {
                    #expect(interval.lower >= 1 / 1.1025 - 1e-9 && interval.upper <= 1.1025 + 1e-9)
                    #expect(found.caveats.contains(.differs) == found.isSignificant)
                }
                seen[found.isSignificant, default: 0] += 1
            }
        }
        #expect((seen[true] ?? 0) > 30 && (seen[false] ?? 0) > 30)
    }

    @Test("unchanged ends at twice what matters, to the last bit of the interval")
    func twice() throws {
        // Four of each: the interval reaches from the smallest to the largest quotient.
        func judge(_ widest: Double) throws -> Comparison {
            let pair = Judge.Pair(
                metric: Self.metric, variant: "v", base: [100, 100, 100, 100], candidate: [99, 100, 101, 100 * widest])
            return try #require(Judge.compare([pair]).first)
        }
        #expect(try judge(1.1024).verdict == .unchanged)
        let beyond = try judge(1.1026)
        #expect(beyond.verdict == .inconclusive && beyond.reason.hasPrefix("interval too wide"))
        #expect(try judge(1.2).verdict == .inconclusive)
    }

    @Test("too few values for the correction give no interval, and the reason says how many it takes")
    func unbounded() throws {
        var random = RandomSamples(seed: 92)
        let pairs = (0..<24).map { index in
            Judge.Pair(
                metric: Self.metric, variant: "\(index)", base: random.fractions(6).map { 100 + $0 },
                candidate: random.fractions(6).map { (100 + $0) * (index == 0 ? 1.2 : 1) })
        }
        let found = Judge.compare(pairs)
        #expect(found.allSatisfy { $0.interval == nil && $0.verdict == .inconclusive && !$0.isSignificant })
        #expect(found[0].uncorrectedInterval?.lower ?? 0 > 1.1)
        #expect(found[0].reason.contains("by itself looks relevant, but not significant among 24 comparisons"))
        #expect(found[0].reason.contains("needs at least 7 on each side"))
        #expect(Judge.compare(Array(pairs.prefix(23)))[0].verdict == .regressed)
    }

    @Test("levels follow Holm's steps: each question's is what its p-value had to stay below")
    func levels() {
        let p = [0.01, 0.04, 0.03, 0.005]
        #expect(
            zip(Holm.levels(p, level: 0.05), [0.05 / 3, 0.05 / 2, 0.05 / 2, 0.05 / 4]).allSatisfy { isClose($0, $1) })
        var random = RandomSamples(seed: 93)
        for _ in 0..<100 {
            let p = random.fractions(random.size(1...12)).map { $0 * $0 * 0.2 }
            let decided = zip(p, Holm.levels(p, level: 0.05)).map { $0 < $1 }
            #expect(decided == Holm.adjust(p).map { $0 < 0.05 })
        }
        #expect(Holm.levels([], level: 0.05) == [] && Holm.levels([.nan], level: 0.05) == [0.05])
    }
}
