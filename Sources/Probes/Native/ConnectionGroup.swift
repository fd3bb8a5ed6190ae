import Glibc
import LinuxHost
import Synchronization

/// The connection threads of one echo server: how many there are, and what they used.
final class ConnectionGroup: Sendable {
    private struct State {
        var active = 0
        var cpuSeconds = 0.0
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a place, unless all are taken.
    func enter() -> Bool {
        state.withLock { state in
            guard state.active < limit else { return false }
            state.active += 1
            return true
        }
    }

    /// Gives the place back.
    func leave(cpuSeconds: Double) {
        state.withLock { state in
            state.active -= 1
            state.cpuSeconds += cpuSeconds
        }
    }

    /// Waits until all have left, at most two seconds, and says what they used.
    func finish() -> Double {
        let end = Clock.monotonicNanoseconds() + 2_000_000_000
        while state.withLock({ $0.active > 0 }), Clock.monotonicNanoseconds() < end {
            usleep(500)
        }
        return state.withLock { $0.cpuSeconds }
    }
}
