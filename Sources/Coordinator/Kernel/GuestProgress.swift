import Contract
import Results
import Synchronization

/// How far a run in a kernel guest has come, from what it told.
final class GuestProgress: Sendable {
    /// All of it at one moment.
    struct State: Sendable, Equatable {
        var hasBegun = false
        var hasEnded = false
        var completed = 0
        var failures: [String: Int] = [:]
        var signal: String?
    }

    private let mutex = Mutex(State())

    var state: State { mutex.withLock { $0 } }

    func interrupt(by signal: String) {
        mutex.withLock { $0.signal = signal }
    }

    func take(_ line: ArchiveLine) {
        mutex.withLock { state in
            switch line {
            case .begin: state.hasBegun = true
            case .finish: state.hasEnded = true
            case .trial(let trial, _, _, _, _):
                if trial.outcome == .completed {
                    state.completed += 1
                } else {
                    state.failures[trial.outcome.rawValue, default: 0] += 1
                }
            case .metrics, .environment, .event: break
            }
        }
    }
}
