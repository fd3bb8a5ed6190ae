import Synchronization

/// Tells a running probe to end: from outside (end of standard input) or by its deadline.
///
/// Hot loops read ``isTripped``; blocked system calls are woken by the handlers that their owners register.
public final class ProbeStop: Sendable {
    /// Why it was tripped; the first reason stays.
    public enum Reason: Sendable, Equatable {
        case requested
        case deadline
    }

    private struct State {
        var reason: Reason?
        var handlers: [Int: @Sendable () -> Void] = [:]
        var nextToken = 0
    }

    private let flag = Atomic<Bool>(false)
    private let state = Mutex(State())

    /// A stop that has not been tripped.
    public init() {}

    /// Whether the probe is to end; costs one relaxed load.
    public var isTripped: Bool { flag.load(ordering: .relaxed) }

    /// Why the probe is to end, or nil.
    public var reason: Reason? { state.withLock { $0.reason } }

    /// Ends the probe; every call after the first does nothing.
    public func trip(_ reason: Reason = .requested) {
        // The handlers run under the lock: a descriptor cannot be closed, and its number used again, while it is woken.
        state.withLock { state in
            guard state.reason == nil else { return }
            state.reason = reason
            // Relaxed, for nothing else is read because of it: the reason is under the lock.
            flag.store(true, ordering: .relaxed)
            for handler in state.handlers.values { handler() }
            state.handlers.removeAll()
        }
    }

    /// Calls the handler once when tripped, at once when that has happened; it must be short and not use the stop.
    func register(_ handler: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.nextToken += 1
            if state.reason == nil {
                state.handlers[state.nextToken] = handler
            } else {
                handler()
            }
            return state.nextToken
        }
    }

    /// Forgets a handler; when this returns, it is not running and will not run.
    func unregister(_ token: Int) {
        state.withLock { _ = $0.handlers.removeValue(forKey: token) }
    }

    /// Returns when tripped, or when the task is cancelled.
    func wait() async {
        let waiter = StopWaiter()
        let token = register { waiter.resume() }
        await withTaskCancellationHandler {
            await waiter.wait()
        } onCancel: {
            waiter.resume()
        }
        unregister(token)
    }
}
