import Contract
import Statistics
import Testing

@Suite("Verdicts that look at more than the middle")
struct ShapeVerdictTests {
    private static func metric(_ better: Direction, relevant: Double = 0.1) -> Metric {
        Metric(name: "throughput", unit: "bit/s", better: better, description: "", minimumRelevantChange: relevant)
    }

    private static func judge(
        _ base: [Double], _ candidate: [Double], better: Direction = .higher, relevant: Double = 0.1
    ) throws -> Comparison {
        let pair = Judge.Pair(
            metric: metric(better, relevant: relevant), variant: "v", base: base, candidate: candidate)
        return try #require(Judge.compare([pair]).first)
    }

    /// Values around 9.8 Gbit/s, of which `slow` are at half of it.
    private static func rates(_ n: Int, slow: Int, factor: Double = 1, seed: UInt64) -> [Double] {
        var random = RandomSamples(seed: seed)
        return random.fractions(n).enumerated().map { index, fraction in
            (9.797e9 + fraction * 0.006e9) * factor * (index < slow ? 0.5 : 1)
        }
    }

    @Test("trials at half the rate are never unchanged, and are named", arguments: [(6, 2), (12, 3), (12, 4), (24, 8)])
    func halfTheRate(n: Int, slow: Int) throws {
        let steady = Self.rates(n, slow: 0, seed: 1)
        let split = Self.rates(n, slow: slow, seed: 2)
        let found = try Self.judge(steady, split)
        #expect([.inconclusive, .regressed].contains(found.verdict))
        #expect(found.caveats.contains(.twoGroups))
        #expect(found.baseGroups == nil && found.candidateGroups?.lower.count == slow)
        #expect(found.reason.contains("the candidate: \(slow) of \(n) trials near 4.9"))
        #expect(found.reason.contains("the others near 9.8") && found.reason.contains("the base: one group near 9.8"))
        let back = try Self.judge(split, steady)
        #expect([.inconclusive, .improved].contains(back.verdict) && back.caveats.contains(.twoGroups))
    }

    @Test("a tail that is surely worse is a regression although the middle has hardly moved")
    func tail() throws {
        let found = try Self.judge(Self.rates(24, slow: 0, seed: 1), Self.rates(24, slow: 8, factor: 0.99, seed: 2))
        #expect(found.verdict == .regressed && found.caveats.contains(.tail))
        #expect(found.reason.contains("the lowest eighth of the values changed by -50"))
        let back = try Self.judge(Self.rates(24, slow: 8, factor: 0.99, seed: 2), Self.rates(24, slow: 0, seed: 1))
        #expect(back.verdict == .improved)
        // The same as latencies: the slow ones are high now.
        let slow = try Self.judge(
            Self.rates(24, slow: 0, seed: 1).map { 1e5 / $0 },
            Self.rates(24, slow: 8, factor: 0.99, seed: 2).map { 1e5 / $0 },
            better: .lower)
        #expect(slow.verdict == .regressed && slow.reason.contains("the highest eighth"))
    }

    @Test("slow trials that have become fewer do not speak against an improvement")
    func fewer() throws {
        let found = try Self.judge(
            Self.rates(12, slow: 6, seed: 1), Self.rates(12, slow: 2, factor: 1.3, seed: 2))
        #expect(found.verdict == .improved && found.caveats.contains(.twoGroups))
        let back = try Self.judge(
            Self.rates(12, slow: 2, factor: 1.3, seed: 2), Self.rates(12, slow: 6, seed: 1))
        #expect(back.verdict == .regressed)
    }

    @Test("a better middle with every third trial at half the rate is no improvement")
    func contradiction() throws {
        let split = Self.rates(12, slow: 4, factor: 1.15, seed: 2)
        let found = try Self.judge(Self.rates(12, slow: 0, seed: 1), split)
        #expect(found.verdict != .improved && found.verdict != .unchanged)
        #expect(found.caveats.contains(.twoGroups))
        // Both groups are better than all of the base: nothing speaks against it.
        let better = try Self.judge(Self.rates(12, slow: 0, factor: 0.25, seed: 1), split)
        #expect(better.verdict == .improved && better.caveats.contains(.twoGroups))
    }

    @Test("the same groups on both sides in the same shares are said, and change no verdict")
    func alike() throws {
        let found = try Self.judge(Self.rates(24, slow: 3, seed: 1), Self.rates(24, slow: 3, seed: 2))
        #expect(found.verdict == .unchanged && found.caveats.contains(.twoGroups))
        #expect(found.reason.contains("both sides fall into the same two groups: the base: 3 of 24 trials near 4.9"))
        let more = try Self.judge(Self.rates(24, slow: 3, seed: 1), Self.rates(24, slow: 7, seed: 2))
        #expect(more.verdict != .unchanged)
    }

    @Test("groups that are closer than what matters are not told")
    func nearGroups() throws {
        let near = Self.rates(12, slow: 0, seed: 1).enumerated().map { $1 * ($0 < 4 ? 0.93 : 1) }
        #expect(TwoGroups.find(in: near) != nil)
        let found = try Self.judge(Self.rates(12, slow: 0, seed: 3), near)
        #expect(!found.caveats.contains(.twoGroups))
        #expect(try Self.judge(Self.rates(12, slow: 0, seed: 3), near, relevant: 0.05).caveats.contains(.twoGroups))
    }

    @Test("a side that scatters more is said, and takes the word unchanged away when it matters")
    func spread() throws {
        let narrow = (0..<16).map { 100 + Double($0) / 100 }
        func wide(_ width: Double) -> [Double] { (0..<16).map { 100.07 + (Double($0) - 7.5) / 7.5 * width } }
        let little = try Self.judge(narrow, wide(5))
        #expect(little.verdict == .unchanged && little.caveats == [.spread])
        #expect(little.reason.contains("the candidate scatters") && little.reason.contains("times as much as the base"))
        #expect(little.reason.contains("within the minimum relevant change"))
        let much = try Self.judge(wide(26), narrow)
        #expect(much.verdict != .unchanged)
    }

    @Test("what is significant is said wherever its verdict is: +3 % of 5 % that would matter")
    func differs() throws {
        let base = (0..<12).map { 100 + Double($0) / 10 }
        let found = try Self.judge(base, base.map { $0 * 1.03 }, relevant: 0.05)
        #expect(found.verdict == .unchanged && found.isSignificant && found.caveats == [.differs])
        #expect(found.reason.hasPrefix("differs by +3.0 % (significant, p"))
        #expect(found.reason.hasSuffix("below the minimum relevant change of 5 %"))
        #expect(try #require(found.interval).lower > 1)
    }

    @Test("shapes ask nothing of time-outs, and make no middle harder to see")
    func family() throws {
        let base = Self.rates(6, slow: 0, seed: 1)
        let pair = Judge.Pair(
            metric: Self.metric(.lower), variant: "v", base: base, candidate: base.map { $0 * 0.5 },
            censoredCandidate: [0])
        let found = try #require(Judge.compare([pair]).first)
        #expect(found.candidateGroups == nil && found.caveats.isEmpty)
        let many = (0..<22).map { index in
            Judge.Pair(
                metric: Self.metric(.higher), variant: "\(index)", base: Self.rates(6, slow: 0, seed: UInt64(index)),
                candidate: Self.rates(6, slow: 0, factor: index == 0 ? 0.5 : 1, seed: UInt64(index + 100)))
        }
        #expect(Judge.compare(many)[0].verdict == .regressed)
    }
}
