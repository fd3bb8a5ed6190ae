import Subprocess

/// Runs programs: starts them in a session of their own, feeds and reads them, and always ends and reaps them.
public enum ProcessRunner {
    /// Runs a program to its end and returns everything it wrote.
    ///
    /// At the deadline, on cancellation and when a stream passes the limit, the process group gets SIGTERM and 200 ms
    /// later SIGKILL. A child of the program that keeps the pipes open does not delay the result: it counts from the
    /// end of the program itself. A program that does not read its input is no error.
    ///
    /// - Parameters:
    ///   - command: What to run.
    ///   - input: Text for standard input, which is closed after it.
    ///   - deadline: The longest time the program may take.
    ///   - outputLimit: The most bytes taken from each of the two output streams.
    /// - Returns: The output and the status. A status other than 0 is a result, not an error;
    ///   ``ProcessOutput/requireSuccess()`` makes it one.
    public static func run(
        _ command: Command,
        input: String = "",
        deadline: Duration,
        outputLimit: Int = 16 * 1024 * 1024
    ) async throws(ProcessError) -> ProcessOutput {
        try await run(command, input: Array(input.utf8), deadline: deadline, outputLimit: outputLimit)
    }

    /// Runs a program to its end with bytes on standard input, and otherwise as with text.
    public static func run(
        _ command: Command,
        input: [UInt8],
        deadline: Duration,
        outputLimit: Int = 16 * 1024 * 1024
    ) async throws(ProcessError) -> ProcessOutput {
        let configuration = try Launch.configuration(
            for: command,
            teardown: [Execution<CustomWriteInput, SequenceOutput, SequenceOutput>.terminate]
        )
        let end = ContinuousClock.now + deadline
        let result: ExecutionResult<Collected, SequenceOutput, SequenceOutput>
        do {
            result = try await Subprocess.run(
                configuration,
                input: .inputWriter,
                output: .sequence,
                error: .sequence
            ) { execution in
                await collect(from: execution, input: input, end: end, limit: outputLimit)
            }
        } catch {
            throw Task.isCancelled
                ? .cancelled(command: command.description) : Launch.error(error, from: command)
        }
        let collected = result.closureResult
        switch collected.trouble {
        case .cancelled: throw .cancelled(command: command.description)
        case .timedOut:
            var tail = TailBuffer(limit: 2048)
            tail.append(collected.error)
            throw .timedOut(command: command.description, after: deadline, standardErrorTail: tail.text)
        case .tooLarge: throw .outputTooLarge(command: command.description, limit: outputLimit)
        case .failed(let reason): throw .transferFailed(command: command.description, reason: reason)
        case nil: break
        }
        return ProcessOutput(
            command: command,
            standardOutput: String(decoding: collected.output, as: UTF8.self),
            standardError: String(decoding: collected.error, as: UTF8.self),
            status: ExitStatus(result.terminationStatus)
        )
    }

    private static func collect(
        from execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>,
        input: [UInt8],
        end: ContinuousClock.Instant,
        limit: Int
    ) async -> Collected {
        var collected = await withTaskGroup(of: Event.self, returning: Collected.self) { group in
            group.addTask { .output(await Drain.read(execution.standardOutput, limit: limit)) }
            group.addTask { .error(await Drain.read(execution.standardError, limit: limit)) }
            group.addTask {
                let writer = execution.standardInputWriter
                // A program may end without reading its input; its exit status says whether that was a mistake.
                _ = input.isEmpty ? nil : try? await writer.write(input)
                try? await writer.finish()
                return .written
            }
            group.addTask {
                await execution.waitForEnd(atMost: end - .now)
                return .ended(at: .now)
            }
            var collected = Collected()
            for await event in group {
                if collected.take(event, end: end) {
                    await execution.endGroup()
                }
            }
            return collected
        }
        if Task.isCancelled {
            collected.trouble = .cancelled
        }
        // Also ends what was forked after the SIGTERM.
        if collected.trouble != nil {
            execution.killGroup()
        }
        return collected
    }
}

private enum Event: Sendable {
    case output(Drain.Result)
    case error(Drain.Result)
    case written
    case ended(at: ContinuousClock.Instant)
}

private struct Collected: Sendable {
    var output: [UInt8] = []
    var error: [UInt8] = []
    var trouble: Trouble?

    enum Trouble: Sendable, Equatable {
        case cancelled
        case timedOut
        case tooLarge
        case failed(String)
    }

    /// Takes one event and says whether the process must be ended because of it.
    mutating func take(_ event: Event, end: ContinuousClock.Instant) -> Bool {
        let drained: Drain.Result
        switch event {
        case .written:
            return false
        case .ended(let instant):
            if instant >= end, trouble == nil { trouble = .timedOut }
            return false
        case .output(let result):
            output = result.bytes
            drained = result
        case .error(let result):
            error = result.bytes
            drained = result
        }
        if drained.isOverLimit {
            trouble = trouble ?? .tooLarge
        } else if let reason = drained.failure {
            trouble = trouble ?? .failed(reason)
        } else {
            return false
        }
        return true
    }
}
