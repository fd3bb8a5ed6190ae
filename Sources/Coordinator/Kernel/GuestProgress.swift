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

    private let runID: String
    private let mutex = Mutex(State())

    /// The progress of one run; what the steps of a scenario tell counts in their own runs.
    init(of runID: String) { self.runID = runID }

    var state: State { mutex.withLock { $0 } }

    func interrupt(by signal: String) {
        mutex.withLock { $0.signal = signal }
    }

    func take(_ line: ArchiveLine) {
        mutex.withLock { state in
            switch line {
            case .begin(let run) where run.id == runID: state.hasBegun = true
            case .finish(runID, _, _): state.hasEnded = true
            case .trial(let trial, _, _, _, _) where trial.runID == runID:
                if trial.outcome == .completed {
                    state.completed += 1
                } else {
                    state.failures[trial.outcome.rawValue, default: 0] += 1
                }
            case .begin, .finish, .trial, .metrics, .environment, .event: break
            }
        }
    }
}
