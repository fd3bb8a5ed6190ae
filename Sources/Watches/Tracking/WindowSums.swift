import Contract

/// The reasons for failures of one window by check, for evidence.
struct WindowSums: Sendable {
    let reasons: [Int: [CheckFailure: Int]]

    init(_ windows: [AgentWindow]) {
        var reasons: [Int: [CheckFailure: Int]] = [:]
        for window in windows {
            for check in window.checks where !check.failures.isEmpty { reasons[check.check] = check.failures }
        }
        self.reasons = reasons
    }
}

extension Evidence {
    /// Adds what a window says for a cause.
    mutating func add(_ one: Localiser.Explained, _ table: FactTable, _ reach: CauseReach, _ sums: WindowSums) {
        share = one.share
        gain = max(gain, one.gain)
        if let way = one.cause.seat.way { ways[way, default: 0] += 1 }
        var (met, all): (Set<Int32>, Set<Int32>) = ([], [])
        for check in reach.checks(of: one.cause.seat) {
            for index in table.range(of: Int(check)) {
                let fact = table.facts[index]
                guard reach.crossing(of: fact, by: one.cause).times > 0 else { continue }
                all.insert(check)
                trials += Int(fact.trials)
                failures += Int(fact.failures)
                guard fact.failures > 0, met.insert(check).inserted else { continue }
                kinds.insert(reach.map.checks[Int(check)].kind)
                if one.cause.fault != .latency {
                    for (reason, count) in sums.reasons[Int(check)] ?? [:] { reasons[reason, default: 0] += count }
                }
            }
        }
        checks = max(checks, all.count)
        failing = max(failing, met.count)
    }
}
