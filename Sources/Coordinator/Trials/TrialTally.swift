import Synchronization

/// How many trials have ended how, for whoever asks at any moment.
final class TrialTally: Sendable {
    /// The counts at one moment.
    struct Counts: Sendable, Equatable {
        var completed = 0
        var failures: [String: Int] = [:]
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    func countCompleted() {
        state.withLock { $0.completed += 1 }
    }

    func count(_ outcome: String) {
        state.withLock { $0.failures[outcome, default: 0] += 1 }
    }
}
