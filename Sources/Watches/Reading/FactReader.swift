import Contract
import Statistics

/// Turns what agents counted in a window into facts, and learns baselines on the way.
struct FactReader: Sendable {
    let map: WatchMap
    let rules: WatchRules
    private(set) var baselines: [Baseline]
    /// How late the agent of each place was in the window before.
    private var lateness: [UInt64]

    init(map: WatchMap, rules: WatchRules) {
        self.map = map
        self.rules = rules
        baselines = [Baseline](repeating: Baseline(), count: map.checks.count)
        lateness = [UInt64](repeating: 0, count: map.spots.count)
    }

    /// Reads all windows of one index.
    mutating func read(_ windows: [AgentWindow]) -> FactTable {
        var table = FactTable(checks: map.checks.count)
        var arrived = [Int32](repeating: 0, count: map.checks.count)
        var reports = [Bool](repeating: false, count: map.spots.count)
        for window in windows where map.spots.indices.contains(window.place) {
            reports[window.place] = true
            for arrival in window.arrivals where map.checks.indices.contains(arrival.check) {
                arrived[arrival.check] += Int32(clamping: arrival.count)
            }
        }
        let delays = delays(in: windows)
        for window in windows {
            for counts in window.checks where map.checks.indices.contains(counts.check) {
                let check = map.checks[counts.check]
                guard check.source == window.place, table.range(of: counts.check).isEmpty else { continue }
                var known: Int?
                if case .spot(let target) = check.target, reports[target], check.kind.isCounted {
                    // No more can have come than were sent; and what was answered has come.
                    known = min(counts.sent, max(Int(arrived[counts.check]), counts.answered))
                }
                let facts = facts(of: counts, check, arrived: known)
                table.add(facts.compactMap { spared($0, lateShare(of: $0, check, delays)) }, of: counts.check)
            }
        }
        return table
    }

    /// How late each agent was; an agent closes a window a little after its end, so that the one before counts as well.
    private mutating func delays(in windows: [AgentWindow]) -> [UInt64] {
        var now = [UInt64](repeating: 0, count: map.spots.count)
        for window in windows where map.spots.indices.contains(window.place) { now[window.place] = window.lateness }
        defer { lateness = now }
        return zip(now, lateness).map { max($0, $1) }
    }

    /// Of a fact's packets the part that went to agents that were kept waiting, 0 to 1: agents answer datagrams and questions for
    /// names, and the kernel all the rest.
    private func lateShare(of fact: Fact, _ check: WatchMap.Check, _ delays: [UInt64]) -> Double {
        guard fact.failures > 0, fact.grief != .late else { return 0 }
        switch check.target {
        case .spot(let target):
            // What came is counted when the agent looks, which may be after it closed the window.
            let limit = fact.path == .forward ? rules.agentLateness * 2 : rules.agentLateness
            return check.kind.isCounted && delays[target] > limit ? 1 : 0
        case .service(let service):
            let spots = map.services[service].spots
            guard check.kind == .dns, !spots.isEmpty else { return 0 }
            return Double(spots.count { delays[$0] > rules.agentLateness }) / Double(spots.count)
        }
    }

    /// A fact without the failures that such a part may have met (two deviations above what is likely); nil when nothing is left.
    private func spared(_ fact: Fact, _ share: Double) -> Fact? {
        guard share > 0 else { return fact }
        let trials = Double(fact.trials)
        let most = (trials * share + 2 * (trials * share * (1 - share)).squareRoot()).rounded(.up)
        let agents = min(fact.failures, Int32(most))
        guard fact.trials > agents else { return nil }
        return Fact(
            check: fact.check, path: fact.path, grief: fact.grief, trials: fact.trials - agents,
            failures: fact.failures - agents)
    }

    private mutating func facts(of counts: CheckWindow, _ check: WatchMap.Check, arrived: Int?) -> [Fact] {
        func fact(_ path: Fact.Path, _ grief: Fact.Grief, _ trials: Int, _ failures: Int) -> Fact {
            Fact(
                check: Int32(counts.check), path: path, grief: grief, trials: Int32(clamping: trials),
                failures: Int32(clamping: failures))
        }
        // What the agent could not try says nothing of the network.
        let sent = counts.sent - min(counts.sent, counts.failures[.notTested] ?? 0)
        guard sent > 0 else { return [] }
        let arrived = arrived.map { min($0, sent) }
        let answered = min(counts.answered, sent)
        switch check.kind {
        case .mtu:
            return [
                arrived.map { fact(.forward, .lostLarge, sent, sent - $0) }
                    ?? fact(.round, .lostLarge, sent, sent - answered)
            ]
        case .udp:
            var facts: [Fact] = []
            if let arrived {
                facts.append(fact(.forward, .lost, sent, sent - arrived))
                if arrived > 0 { facts.append(fact(.reverse, .lost, arrived, arrived - min(arrived, answered))) }
            } else {
                facts.append(fact(.round, .lost, sent, sent - answered))
            }
            for late in lateness(of: counts) { facts.append(fact(late.path, .late, late.trials, late.failures)) }
            return facts
        case .tcp, .icmp, .service, .dns:
            return [fact(.round, .lost, sent, sent - answered)]
        }
    }

    private typealias Late = (path: Fact.Path, trials: Int, failures: Int)

    /// How many answers came late, and on which way they lost their time.
    private mutating func lateness(of counts: CheckWindow) -> [Late] {
        guard let median = LogBuckets.quantile(0.5, of: counts.times) else { return [] }
        let trials = LogBuckets.counted(counts.times)
        let baseline = baselines[counts.check]
        guard let limit = baseline.limit(rules) else {
            baselines[counts.check].learn(time: median, shift: counts.shift)
            return []
        }
        let late = LogBuckets.longer(than: limit, in: counts.times)
        if median <= limit {
            // A median below the limit moves the baseline; a window of many late answers does not.
            if late * 4 <= trials { baselines[counts.check].learn(time: median, shift: counts.shift) }
            return late == 0 ? [(.forward, trials, 0), (.reverse, trials, 0)] : [(.round, trials, late)]
        }
        guard let shift = counts.shift else { return [(.round, trials, late)] }
        let share = (Double(shift) - baseline.shift) / (Double(median) - baseline.time)
        if share > 0.75 { return [(.forward, trials, late), (.reverse, trials, 0)] }
        if share < 0.25 { return [(.forward, trials, 0), (.reverse, trials, late)] }
        return [(.forward, trials, late), (.reverse, trials, late)]
    }
}
