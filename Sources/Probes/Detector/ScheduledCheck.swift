import Contract
import Statistics

/// One check of an agent with its timetable: attempts a period apart, and never two at once.
final class ScheduledCheck {
    let id: Int
    let flow: (any CheckFlow)?
    /// When the next attempt begins.
    private var nextAt: UInt64
    /// When the one that is under way is lost, and the window that it counts in.
    private var underWay: (until: UInt64, window: UInt32)?
    private(set) var tallies: [UInt32: CheckTally] = [:]

    private let period: UInt64
    private let timeout: UInt64

    /// Attempts begin at any moment of the first period, so that checks do not come all at once.
    init(_ check: DetectorProbe.Check, _ flow: (any CheckFlow)?, _ probe: DetectorProbe, start: UInt64, phase: UInt64) {
        id = check.id
        self.flow = flow
        period = probe.periodNanoseconds
        timeout = probe.timeoutNanoseconds
        nextAt = start + phase % max(period, 1)
    }

    /// What poll(2) watches now.
    var descriptor: Int32 { underWay == nil ? -1 : flow?.descriptor ?? -1 }

    /// When it has to be looked at though nothing happened.
    var wakesAt: UInt64 { underWay?.until ?? nextAt }

    /// Begins an attempt when it is time, unless one is under way; the answer is by how much it came late.
    func begin(now: UInt64, window: UInt32, jitter: inout SeededGenerator) -> UInt64 {
        guard underWay == nil, now >= nextAt else { return 0 }
        let lateness = now - nextAt
        let tenth = period / 10
        let step = period - tenth + UInt64(jitter.index(below: Int(2 * tenth + 1)))
        // What was missed is not made up for: that would be a burst.
        nextAt = max(nextAt + step, now)
        guard let flow else {
            tallies[window, default: CheckTally()].add(.failed(.notTested))
            return lateness
        }
        if let end = flow.begin(window: window, now: now) {
            tallies[window, default: CheckTally()].add(end)
        } else {
            underWay = (now + timeout, window)
        }
        return lateness
    }

    func proceed(isReady: Bool, now: UInt64) {
        guard let attempt = underWay else { return }
        if isReady, let end = flow?.proceed() {
            tallies[attempt.window, default: CheckTally()].add(end)
            underWay = nil
        } else if now >= attempt.until {
            // The answer may have come while this thread was kept waiting.
            let last = flow?.proceed()
            flow?.giveUp()
            tallies[attempt.window, default: CheckTally()].add(last ?? .failed(.timedOut))
            underWay = nil
        }
    }

    /// What a window that is over came to; nil when there was no attempt.
    func take(window: UInt32) -> CheckWindow? { tallies.removeValue(forKey: window)?.window(of: id) }
}
