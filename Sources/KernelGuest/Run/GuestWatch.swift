import Processes
import Synchronization

/// Follows a guest from its boot to the end of its command, and notices when it hangs.
struct GuestWatch: Sendable {
    let conversation: Conversation
    let limits: GuestLimits
    let stream: GuestStream

    func follow(
        stop: @escaping @Sendable () async -> Bool,
        line: @escaping @Sendable (String) async throws -> Void
    ) async throws -> Int32 {
        let request = StopRequest()
        return try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask {
                // The word by which init knows that its port is connected.
                try? await conversation.send("start")
                return try await read(line, request)
            }
            group.addTask {
                guard await stop() else { return nil }
                // Nothing of the command has begun that would have to be undone.
                guard request.isStarted.load(ordering: .relaxed) else {
                    throw GuestError.cancelled(object: "the boot of the kernel guest")
                }
                request.moment.withLock { $0 = .now }
                try? await conversation.send("stop")
                return nil
            }
            defer { group.cancelAll() }
            while let code = try await group.next() {
                if let code { return code }
            }
            throw Self.ended
        }
    }

    private func read(
        _ line: @escaping @Sendable (String) async throws -> Void,
        _ request: StopRequest
    ) async throws -> Int32 {
        var stream = stream
        while let text = try await next(request.isStarted.load(ordering: .relaxed)) {
            for event in stream.take(text) {
                switch event {
                case .started: request.isStarted.store(true, ordering: .relaxed)
                case .alive: break
                case .line(let text): try await line(text)
                case .exited(let code): return code
                }
            }
            if let stopped = request.moment.withLock({ $0 }), .now - stopped > limits.stop {
                throw Self.timedOut("its command did not end within \(limits.stop) after it was asked to")
            }
        }
        throw Self.ended
    }

    private func next(_ isStarted: Bool) async throws -> String? {
        do throws(ProcessError) {
            return try await conversation.nextLine(within: isStarted ? limits.silence : limits.boot)
        } catch {
            // The conversation's own time-out has the total as its limit.
            guard case .timedOut(_, let limit, _) = error, limit != limits.total else { throw error }
            throw Self.timedOut(
                isStarted ? "it gave no sign of life for \(limit)" : "it did not come up within \(limit)"
            )
        }
    }

    private static let ended = GuestError(
        code: .ended,
        operation: "finish",
        object: "the kernel guest",
        cause: "it ended before its command did",
        nextStep: "see its words above; netmachinery doctor shows what it is made of"
    )

    private static func timedOut(_ cause: String) -> GuestError {
        GuestError(
            code: .timedOut,
            operation: "finish",
            object: "the kernel guest",
            cause: "\(cause), and was ended",
            nextStep: "try again when the machine is less busy; --kernel host leaves it out"
        )
    }
}

/// Whether the command has been started, and when it was asked to end.
private final class StopRequest: Sendable {
    let isStarted = Atomic(false)
    let moment = Mutex<ContinuousClock.Instant?>(nil)
}
