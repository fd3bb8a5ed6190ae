import Resources
import Synchronization

/// Where the steps of a cell are, for those that wait for each other.
final class StepBoard: Sendable {
    /// What a wait came to.
    enum Answer: Sendable, Equatable {
        /// It is so.
        case reached
        /// The step has ended, and it never was.
        case never
        /// Nobody waits any more.
        case cancelled
    }

    /// What is waited for.
    enum Event: Sendable, Equatable {
        case condition(Scenario.StepCondition)
        /// It held and does so no longer, or has ended.
        case ceased
        /// Its end, good or bad.
        case end
    }

    private struct Progress {
        var hasStarted = false
        var hasHeld = false
        var hasCeased = false
        /// Whether it ended well; nil before its end.
        var ending: Bool?

        func answer(to event: Event) -> Answer? {
            switch event {
            case .condition(.started) where hasStarted, .condition(.holding) where hasHeld: .reached
            case .condition(.completed): ending.map { $0 ? .reached : .never }
            case .condition: ending == nil ? nil : .never
            case .ceased: hasCeased || ending != nil ? .reached : nil
            case .end: ending == nil ? nil : .reached
            }
        }
    }

    private struct Waiter {
        let step: String
        let event: Event
        let continuation: CheckedContinuation<Answer, Never>
    }

    private struct State {
        var progress: [String: Progress] = [:]
        var waiters: [Int: Waiter] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// A step has begun.
    func start(_ step: String) { change(step) { $0.hasStarted = true } }

    /// What a step is about is there.
    func hold(_ step: String) {
        change(step) {
            $0.hasHeld = true
            $0.hasCeased = false
        }
    }

    /// What it is about is there no longer.
    func cease(_ step: String) { change(step) { $0.hasCeased = true } }

    /// A step has ended, well or not.
    func end(_ step: String, well: Bool) { change(step) { $0.ending = well } }

    private func change(_ step: String, _ body: (inout Progress) -> Void) {
        let answered = state.withLock { state in
            body(&state.progress[step, default: Progress()])
            return state.waiters.compactMap { ticket, waiter -> (Waiter, Answer)? in
                guard waiter.step == step, let answer = state.progress[step]?.answer(to: waiter.event) else {
                    return nil
                }
                state.waiters[ticket] = nil
                return (waiter, answer)
            }
        }
        for (waiter, answer) in answered { waiter.continuation.resume(returning: answer) }
    }

    /// Whether it is so now.
    func isTrue(_ event: Event, of step: String) -> Bool {
        state.withLock { $0.progress[step]?.answer(to: event) == .reached }
    }

    /// Waits until it is so, or can never be.
    func wait(for event: Event, of step: String) async -> Answer {
        let ticket = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Answer? in
                    if let answer = state.progress[step]?.answer(to: event) { return answer }
                    if Task.isCancelled { return .cancelled }
                    state.waiters[ticket] = Waiter(step: step, event: event, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.continuation.resume(returning: .cancelled)
        }
    }
}
