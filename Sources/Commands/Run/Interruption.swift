@preconcurrency import Dispatch
import Experiments
import Glibc
import LinuxHost
import Synchronization

/// Ctrl-C, SIGTERM and SIGHUP, as something that can be waited for, again and again.
///
/// What was ignored when the process started (nohup, a background job of a script) stays ignored. The first signal is
/// kept, so whoever waits after it is answered at once. A second one changes nothing: removing what was made takes a
/// moment and must not be cut short.
final class Interruption: Sendable {
    private let first = EndSignal()
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
    func interrupt(by name: String) { first.give(name) }

    /// The first signal's name, at once when it came before; nil when the waiting task was cancelled.
    func wait() async -> String? { await first.wait() }
}
