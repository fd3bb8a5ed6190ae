import Contract
import Glibc
import LinuxHost
import Synchronization

/// What the threads of one client share: when they all begin, who of them failed, and what they measured.
final class ConnectionsRun: Sendable {
    private struct State {
        var waiting = 0
        var begin: UInt64?
        var failure: ProbeFailure?
        var outcomes: [LatencyOutcome] = []
        var left = 0
    }

    let context: LatencyContext
    /// How many threads there are.
    let threads: Int
    private let state = Mutex(State())
    private let hasFailed = Atomic(false)

    init(_ context: LatencyContext, threads: Int) {
        self.context = context
        self.threads = threads
    }

    /// Whether there is nothing more to measure; two relaxed loads.
    var isOver: Bool { context.stop.isTripped || hasFailed.load(ordering: .relaxed) }

    /// Waits until every thread is here, and says when they begin; nil when it has failed, or was stopped, before that.
    func awaitBegin() -> UInt64? {
        state.withLock { state in
            state.waiting += 1
            if state.waiting == threads { state.begin = Clock.monotonicNanoseconds() }
        }
        while !isOver {
            if let begin = state.withLock({ $0.begin }) { return begin }
            usleep(100)
        }
        return nil
    }

    /// Ends all threads; the first failure is the one that is told.
    func fail(_ failure: ProbeFailure) {
        state.withLock { state in
            if state.failure == nil { state.failure = failure }
        }
        hasFailed.store(true, ordering: .relaxed)
    }

    /// One thread has ended; without an outcome when it failed, or never began.
    func leave(_ outcome: LatencyOutcome?) {
        state.withLock { state in
            state.left += 1
            if let outcome { state.outcomes.append(outcome) }
        }
    }

    /// Waits until every thread has ended, and merges what they measured.
    func finish() throws(ProbeFailure) -> LatencyOutcome {
        while state.withLock({ $0.left < threads }) { usleep(200) }
        let (outcomes, failure) = state.withLock { ($0.outcomes, $0.failure) }
        if let failure { throw failure }
        guard var outcome = outcomes.first else { throw .interrupted(context.stop) }
        for other in outcomes.dropFirst() { outcome.merge(other) }
        outcome.wallNanoseconds = context.probe.durationNanoseconds
        outcome.interrupted = outcome.interrupted || outcomes.count < threads
        return outcome
    }
}
