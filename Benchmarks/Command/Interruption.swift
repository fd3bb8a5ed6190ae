@preconcurrency import Dispatch
import Glibc

/// Ctrl-C, SIGTERM and SIGHUP, as something that can be waited for.
final class Interruption: Sendable {
    private let sources: [any DispatchSourceSignal]
    private let signals: AsyncStream<String>

    init() {
        let (signals, continuation) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingOldest(1))
        self.signals = signals
        sources = [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP")].map { number, name in
            // Dispatch only watches: the default action would still end the process.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(name) }
            source.activate()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }

    /// The first signal's name; nil when the waiting task was cancelled.
    func wait() async -> String? {
        for await name in signals { return name }
        return nil
    }
}
