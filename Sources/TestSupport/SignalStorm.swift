import Glibc
import LinuxHost
import Synchronization

/// Signals that interrupt whatever a thread waits for, as those of timers and debuggers do.
public enum SignalStorm {
    /// Runs a body on a thread of its own, and interrupts its system calls every 200 µs until it ends or the storm is
    /// over.
    ///
    /// The handler does nothing and is set without `SA_RESTART`, so that what waits ends with EINTR.
    public static func during<Value: Sendable>(
        _ lasting: Duration = .seconds(10), _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        _ = install
        let shared = Shared<Value>()
        try PlainThread.start {
            unblock()
            shared.state.withLock { $0.thread = pthread_self() }
            let result = Result(catching: body)
            // Nobody may signal a thread that is gone.
            shared.state.withLock {
                $0.thread = nil
                $0.result = result
            }
        }
        let end = ContinuousClock.now + lasting
        while true {
            let result = shared.state.withLock { state in
                if let thread = state.thread, .now < end { pthread_kill(thread, number) }
                return state.result
            }
            if let result { return try result.get() }
            usleep(200)
        }
    }

    private static let number = SIGUSR2

    private static let install: Void = {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(number, &action, nil)
    }()

    /// Threads of Dispatch block most signals, and those that they start inherit that.
    private static func unblock() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    private final class Shared<Value: Sendable>: Sendable {
        struct State {
            var thread: pthread_t?
            var result: Result<Value, any Error>?
        }

        let state = Mutex(State())
    }
}
