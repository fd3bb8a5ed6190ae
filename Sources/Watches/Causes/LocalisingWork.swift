import Contract
import Foundation

/// The greedy cover of one window.
struct LocalisingWork {
    private typealias Explained = Localiser.Explained

    /// A fact that a candidate explains, with how.
    private struct Cover {
        let fact: Int
        let times: Int
        let chance: Double
    }

    private struct Candidate {
        let cause: Cause
        let covers: [Cover]
        let price: Double
        var gain: Double
        var share: Double
        /// The number of choices that the gain was worked out after.
        var age: Int
    }

    private let localiser: Localiser
    private let reach: CauseReach
    private let facts: [Fact]
    private let table: FactTable
    private let followed: Set<Cause>
    /// The chance of each fact's packets to pass all chosen causes.
    private var passing: [Double]

    init(localiser: Localiser, reach: CauseReach, table: FactTable, followed: Set<Cause>) {
        self.localiser = localiser
        self.reach = reach
        self.table = table
        self.followed = followed
        facts = table.facts
        passing = [Double](repeating: 1, count: facts.count)
    }

    mutating func run() -> [Localiser.Explained] {
        var open = candidates()
        var chosen: [Candidate] = []
        for _ in 0..<Self.rounds {
            let before = chosen.map(\.cause)
            cover(&open, &chosen)
            prune(&open, &chosen)
            if chosen.map(\.cause) == before { break }
        }
        return chosen.map { Explained(cause: $0.cause, share: $0.share, gain: $0.gain) }
    }

    /// After a cause went another may be worth its price; twice is seen, more often not.
    private static let rounds = 3
    /// The parts of the packets among which the likeliest is looked for.
    private static let shares = [0.02, 0.04, 0.07, 0.12, 0.2, 0.3, 0.42, 0.55, 0.7, 0.85, 0.95, 0.999]

    // MARK: Candidates

    private func candidates() -> [Candidate] {
        var seen: Set<Cause> = []
        var found: [Candidate] = []
        for fact in facts where surprise(of: fact) > 2 {
            for cause in localiser.candidates(for: fact) where seen.insert(cause).inserted {
                let price = localiser.price(of: cause, followed: followed)
                let covers = covers(of: cause)
                // No share can gain more than to explain every fact by a chance of its own.
                let most = covers.reduce(0) { $0 + surprise(of: facts[$1.fact]) }
                guard most > price else { continue }
                var candidate = Candidate(cause: cause, covers: covers, price: price, gain: 0, share: 0, age: 0)
                weigh(&candidate, age: 0)
                if candidate.gain > price { found.append(candidate) }
            }
        }
        return found
    }

    private func covers(of cause: Cause) -> [Cover] {
        var covers: [Cover] = []
        for check in reach.checks(of: cause.seat) {
            for index in table.range(of: Int(check)) {
                let crossing = reach.crossing(of: facts[index], by: cause)
                if crossing.times > 0 {
                    covers.append(Cover(fact: index, times: crossing.times, chance: crossing.chance))
                }
            }
        }
        return covers
    }

    /// How much more likely a fact is by its own failures than by noise, in nats; 0 where there are not more than by noise.
    private func surprise(of fact: Fact) -> Double {
        guard fact.failures > 0 else { return 0 }
        let (trials, failures) = (Double(fact.trials), Double(fact.failures))
        let share = min(failures / trials, 0.9999)
        let noise = localiser.noise(of: fact.grief)
        guard share > noise else { return 0 }
        return failures * log(share / noise) + (trials - failures) * log((1 - share) / (1 - noise))
    }

    // MARK: Likelihood

    private func logLikelihood(_ fact: Fact, passing chance: Double) -> Double {
        let pass = min(max((1 - localiser.noise(of: fact.grief)) * chance, 1e-9), 1 - 1e-9)
        let passed = fact.trials - fact.failures
        return (fact.failures > 0 ? Double(fact.failures) * log(1 - pass) : 0)
            + (passed > 0 ? Double(passed) * log(pass) : 0)
    }

    private static func factor(_ cover: Cover, _ share: Double) -> Double {
        // The way there and back goes to one endpoint: it is the chance to go there that stands outside.
        let pass = cover.times == 2 ? (1 - share) * (1 - share) : 1 - share
        return cover.chance == 1 ? pass : 1 - cover.chance * (1 - pass)
    }

    /// Finds the likeliest share and what it gains with what is chosen so far.
    private func weigh(_ candidate: inout Candidate, age: Int) {
        let least = localiser.leastShare(of: candidate.cause.fault)
        let before = candidate.covers.reduce(0.0) { $0 + logLikelihood(facts[$1.fact], passing: passing[$1.fact]) }
        var best = (share: 0.0, gain: -Double.infinity)
        for share in Self.shares where share >= least * 0.7 {
            let after = candidate.covers.reduce(0.0) {
                $0 + logLikelihood(facts[$1.fact], passing: passing[$1.fact] * Self.factor($1, share))
            }
            if after - before > best.gain { best = (share, after - before) }
        }
        candidate.gain = best.gain
        candidate.share = best.share
        candidate.age = age
    }

    // MARK: Cover and prune

    private mutating func cover(_ open: inout [Candidate], _ chosen: inout [Candidate]) {
        while true {
            // Gains seldom rise as others are chosen: the best of the stale ones is weighed again until it is fresh.
            guard var best = open.indices.max(by: { net(open[$0]) < net(open[$1]) }), net(open[best]) > 0 else {
                return
            }
            while open[best].age != chosen.count {
                weigh(&open[best], age: chosen.count)
                best = open.indices.max { net(open[$0]) < net(open[$1]) } ?? best
            }
            guard net(open[best]) > 0 else { return }
            let candidate = open.remove(at: best)
            for cover in candidate.covers { passing[cover.fact] *= Self.factor(cover, candidate.share) }
            chosen.append(candidate)
        }
    }

    private func net(_ candidate: Candidate) -> Double { candidate.gain - candidate.price }

    /// Takes causes back that the others have made needless, the least needed first, and gives the rest its share again.
    private mutating func prune(_ open: inout [Candidate], _ chosen: inout [Candidate]) {
        while chosen.count > 1 {
            var worst: (index: Int, worth: Double)?
            for index in chosen.indices {
                lift(chosen[index])
                weigh(&chosen[index], age: 0)
                lay(chosen[index])
                let worth = net(chosen[index])
                if worth < worst?.worth ?? 0 { worst = (index, worth) }
            }
            guard let worst else { break }
            lift(chosen[worst.index])
            chosen.remove(at: worst.index)
        }
        for index in open.indices { weigh(&open[index], age: chosen.count) }
    }

    private mutating func lift(_ candidate: Candidate) {
        for cover in candidate.covers { passing[cover.fact] /= Self.factor(cover, candidate.share) }
    }

    private mutating func lay(_ candidate: Candidate) {
        for cover in candidate.covers { passing[cover.fact] *= Self.factor(cover, candidate.share) }
    }
}
