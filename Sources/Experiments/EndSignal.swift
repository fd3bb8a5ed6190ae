import Synchronization

/// Something that happens once, with a word, and that any number of tasks wait for.
public final class EndSignal: Sendable {
    private struct State {
        var word: String?
        var waiters: [Int: CheckedContinuation<String?, Never>] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// One that has not happened yet.
    public init() {}

    /// What was said; nil before.
    public var word: String? { state.withLock { $0.word } }

    /// Says it; only the first word counts.
    public func give(_ word: String) {
        let waiters = state.withLock { state -> [CheckedContinuation<String?, Never>] in
            guard state.word == nil else { return [] }
            state.word = word
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: word) }
    }

    /// Waits for the word; nil when the waiting task was cancelled.
    public func wait() async -> String? {
        let ticket = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> String?? in
                    if let word = state.word { return .some(word) }
                    if Task.isCancelled { return .some(nil) }
                    state.waiters[ticket] = continuation
                    return .none
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume(returning: nil)
        }
    }
}
