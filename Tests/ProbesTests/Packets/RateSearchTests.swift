import Contract
import Statistics
import Testing

@testable import Probes

/// A network that passes so many datagrams per second, and loses some of the rest and some at random.
private struct ModelNetwork {
    var ceiling: Double
    /// What can be sent at all.
    var generator = 1_000_000.0
    /// A share that is lost at every rate.
    var floor = 0.0
    /// How far the ceiling moves from step to step, as a share of it.
    var noise = 0.0
    /// How often a step is disturbed, so that a hundredth is lost in it.
    var hiccups = 0.0
    var random: SeededGenerator

    mutating func step(_ asked: Double?) -> RateSearch.Step {
        let rate = min(asked ?? generator, generator)
        let passes = ceiling * (1 + Double.random(in: -1...1, using: &random) * noise)
        var received = min(rate, passes) * (1 - floor)
        if Double.random(in: 0..<1, using: &random) < hiccups { received *= 0.99 }
        return RateSearch.Step(
            rate: rate, received: received, loss: 1 - received / rate,
            isGeneratorLimited: asked.map { rate < $0 * 0.95 } ?? false)
    }

    /// What a search finds here, and how many steps it took.
    mutating func search(lossBelow limit: Double = 0.001, stepSeconds: Double = 1) -> (RateSearch.End, Int) {
        var search = RateSearch(lossBelow: limit, stepSeconds: stepSeconds)
        var move = RateSearch.first
        while true {
            switch move {
            case .flood: move = search.next(after: step(nil))
            case .pace(let rate): move = search.next(after: step(rate))
            case .end(let end): return (end, search.steps)
            }
        }
    }
}

@Suite("the search for the highest rate")
struct RateSearchTests {
    private func found(_ end: RateSearch.End) throws -> RateSearch.Found {
        guard case .found(let found) = end else {
            Issue.record("\(end)")
            throw RateSearchFailure()
        }
        return found
    }

    private struct RateSearchFailure: Error {}

    @Test("a ceiling is found within the resolution, between what was kept and what was not")
    func ceiling() throws {
        for seed in UInt64(0)..<300 {
            var random = SeededGenerator(seed: seed)
            let ceiling = Double.random(in: 20_000...950_000, using: &random)
            var network = ModelNetwork(ceiling: ceiling, random: random)
            let (end, steps) = network.search()
            let found = try found(end)
            #expect(found.rate <= ceiling * 1.001 && found.rate > ceiling / 1.012, "\(ceiling): \(found)")
            let failed = try #require(found.failed)
            #expect(failed > found.rate && failed / found.rate <= RateSearch.resolution, "\(ceiling): \(found)")
            #expect(found.loss < 0.001 && !found.isGeneratorLimited)
            #expect(steps <= PacketProbe.usualSteps, "\(ceiling): \(steps)")
        }
    }

    @Test("a ceiling that moves by 2 % is found within it, and a disturbed step does not send the search away")
    func noise() throws {
        var right = 0
        for seed in UInt64(0)..<400 {
            var random = SeededGenerator(seed: seed)
            let ceiling = Double.random(in: 20_000...900_000, using: &random)
            var network = ModelNetwork(ceiling: ceiling, noise: 0.02, hiccups: 0.05, random: random)
            let (end, steps) = network.search()
            let found = try found(end)
            #expect(steps <= PacketProbe.mostSteps)
            #expect(found.loss < 0.001 && found.rate < ceiling * 1.03, "\(ceiling): \(found)")
            #expect(found.failed.map { $0 > found.rate } ?? true)
            if abs(found.rate / ceiling - 1) < 0.03 { right += 1 }
        }
        #expect(right > 360, "\(right) of 400")
    }

    @Test("a limit that is kept at whatever can be sent ends at once, limited by the generator")
    func alwaysKept() throws {
        var network = ModelNetwork(ceiling: 2_000_000, random: SeededGenerator(seed: 1))
        let (end, steps) = network.search()
        #expect(steps == 1)
        #expect(
            end
                == .found(
                    RateSearch.Found(rate: 1_000_000, loss: 0, failed: nil, isGeneratorLimited: true)))
    }

    @Test("a limit that is kept at no rate is said to be, with the lowest rate and no number")
    func neverKept() {
        for seed in UInt64(0)..<50 {
            var network = ModelNetwork(
                ceiling: 500_000, floor: 0.002, noise: 0.05, random: SeededGenerator(seed: seed))
            let (end, steps) = network.search()
            guard case .neverKept(let rate, let loss) = end else {
                Issue.record("\(end)")
                return
            }
            // 5 datagrams that may be lost: 5,000 in a step of a second.
            #expect(rate == 5_000 && loss > 0.001 && steps <= PacketProbe.mostSteps)
        }
    }

    @Test("a step with too few datagrams for the limit is refused after the first one")
    func tooShort() {
        var network = ModelNetwork(ceiling: 500_000, random: SeededGenerator(seed: 1))
        let (end, steps) = network.search(lossBelow: 1e-5, stepSeconds: 0.1)
        #expect(steps == 1)
        guard case .tooShort(let lowest, let rate) = end else {
            Issue.record("\(end)")
            return
        }
        #expect(abs(lowest - 5e6) < 1 && rate == 1_000_000)
    }

    @Test("a generator that reaches no steady rate ends the search with what it reached")
    func slowPace() throws {
        var search = RateSearch(lossBelow: 0.001, stepSeconds: 1)
        guard case .pace(let first) = search.next(after: .init(rate: 800_000, received: 700_000, loss: 0.125)) else {
            Issue.record("no pace after a flood")
            return
        }
        #expect(first == 686_000)
        let slow = RateSearch.Step(rate: 500_000, received: 500_000, loss: 0, isGeneratorLimited: true)
        // Tried once more, since it may have been a moment's disturbance.
        #expect(search.next(after: slow) == .pace(first))
        #expect(
            search.next(after: slow)
                == .end(.found(.init(rate: 500_000, loss: 0, failed: 800_000, isGeneratorLimited: true))))
    }

    @Test("whatever steps say, a search ends within its bound, with a rate that was sent or with words")
    func anything() {
        for seed in UInt64(0)..<2_000 {
            var random = SeededGenerator(seed: seed)
            let limit = Double.random(in: 1e-5...0.5, using: &random)
            var search = RateSearch(lossBelow: limit, stepSeconds: Double.random(in: 0.01...10, using: &random))
            var move = RateSearch.first
            var kept: [Double] = []
            while true {
                if case .end(let end) = move {
                    if case .found(let found) = end {
                        #expect(kept.contains(found.rate) && found.loss < limit)
                        #expect(found.failed.map { $0.isFinite && $0 > 0 } ?? true)
                    }
                    break
                }
                if case .pace(let rate) = move { #expect(rate.isFinite && rate > 0) }
                let rate = Double.random(in: 0...2e6, using: &random)
                let loss = Bool.random(using: &random) ? 0 : Double.random(in: 0...1, using: &random)
                if loss < limit { kept.append(rate) }
                move = search.next(
                    after: .init(
                        rate: rate, received: rate * (1 - loss), loss: loss,
                        isGeneratorLimited: Bool.random(using: &random)))
            }
            #expect(search.steps <= PacketProbe.mostSteps)
        }
    }
}
