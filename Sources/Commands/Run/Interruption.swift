@preconcurrency import Dispatch
import Glibc
import LinuxHost
import Synchronization

/// Ctrl-C, SIGTERM and SIGHUP, as something that can be waited for, again and again.
///
/// What was ignored when the process started (nohup, a background job of a script) stays ignored. The first signal is
/// kept, so whoever waits after it is answered at once. A second one changes nothing: removing what was made takes a
/// moment and must not be cut short.
final class Interruption: Sendable {
    private struct State {
        var signal: String?
        var waiting: [Int: CheckedContinuation<String?, Never>] = [:]
        var next = 0
    }

    private let state = Mutex(State())
    private let sources: Mutex<[any DispatchSourceSignal]> = Mutex([])

    /// One that is interrupted by hand only.
    init() {}

    /// One that hears the signals of this process from now on.
    static func ofThisProcess() -> Interruption {
        let interruption = Interruption()
        interruption.watchSignals()
        return interruption
    }

    private func watchSignals() {
        for (number, name) in [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP")]
        where !SignalDisposition.wasIgnored(number) {
            // Dispatch only watches: the default action would still end the process.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.interrupt(by: name) }
            source.activate()
            sources.withLock { $0.append(source) }
        }
    }

    deinit {
        for source in sources.withLock({ $0 }) { source.cancel() }
    }

    /// Takes a signal, as the process does when it receives one.
    func interrupt(by name: String) {
        let waiting = state.withLock { state in
            state.signal = state.signal ?? name
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: name) }
    }

    /// The first signal's name, at once when it came before; nil when the waiting task was cancelled.
    func wait() async -> String? {
        let ticket = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: String?? = state.withLock { state in
                    if let signal = state.signal { return .some(signal) }
                    if Task.isCancelled { return .some(nil) }
                    state.waiting[ticket] = continuation
                    return .none
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(returning: nil)
        }
    }
}
