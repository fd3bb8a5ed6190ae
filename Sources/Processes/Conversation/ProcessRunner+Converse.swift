import Contract
import Subprocess

extension ProcessRunner {
    /// Starts a program and lets the body talk to it in lines while it runs.
    ///
    /// When the body returns or throws, standard input is closed; the program then has 1 s to end by itself, after
    /// which its process group gets SIGTERM and 200 ms later SIGKILL. The same signals come at the deadline, and one
    /// grace period after a cancellation. The program is always reaped before this returns, and whatever it left
    /// running in its process group is ended too.
    ///
    /// - Parameters:
    ///   - command: What to run.
    ///   - deadline: The longest time the conversation may take, from the start of the program.
    ///   - lineLimit: The most bytes a line of output may have.
    ///   - standardErrorLine: Hears each line of standard error as it comes; the tail is kept in any case.
    ///   - body: Talks to the program, in the isolation of the caller.
    /// - Returns: What the body returns.
    /// - Throws: ``ProcessError`` when the program cannot be started, otherwise what the body throws.
    nonisolated(nonsending) public static func converse<R: Sendable>(
        _ command: Command,
        deadline: Duration,
        lineLimit: Int = 16 * 1024 * 1024,
        standardErrorLine: (@Sendable (String) -> Void)? = nil,
        _ body: nonisolated(nonsending) (Conversation) async throws -> R
    ) async throws -> R {
        let configuration = try Launch.configuration(
            for: command,
            teardown: [
                // Signal 0 does nothing and only waits: a program whose input ended may still end by itself.
                .send(signal: Signal(rawValue: 0), allowedDurationToNextStep: GracePeriods.inputClosed),
                Execution<CustomWriteInput, SequenceOutput, SequenceOutput>.terminate,
            ]
        )
        let outcome: Result<R, any Error>
        do {
            outcome = try await Subprocess.run(
                configuration,
                input: .inputWriter,
                output: .sequence,
                error: .sequence
            ) { execution in
                let conversation = Conversation(
                    command: command,
                    deadline: deadline,
                    lineLimit: lineLimit,
                    execution: execution
                )
                return await hold(conversation, over: execution, deadline: deadline, standardErrorLine, body)
            }.closureResult
        } catch {
            throw Task.isCancelled
                ? ProcessError.cancelled(command: command.description) : Launch.error(error, from: command)
        }
        return try outcome.get()
    }

    nonisolated(nonsending) private static func hold<R: Sendable>(
        _ conversation: Conversation,
        over execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>,
        deadline: Duration,
        _ standardErrorLine: (@Sendable (String) -> Void)?,
        _ body: nonisolated(nonsending) (Conversation) async throws -> R
    ) async -> Result<R, any Error> {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var lines = LineBuffer()
                do {
                    for try await buffer in execution.standardError {
                        let bytes = buffer.withUnsafeBytes { Array($0) }
                        conversation.keepStandardError(bytes)
                        guard let standardErrorLine else { continue }
                        lines.append(bytes)
                        while let line = lines.next() { standardErrorLine(line) }
                    }
                    if let rest = lines.rest() { standardErrorLine?(rest) }
                } catch {
                    conversation.keepStandardError(Array("(standard error could not be read: \(error))".utf8))
                }
            }
            group.addTask {
                guard (try? await Task.sleep(for: deadline)) != nil else { return }
                conversation.markTimedOut()
                await execution.endGroup()
            }
            let outcome: Result<R, any Error>
            do {
                outcome = .success(try await body(conversation))
            } catch {
                outcome = .failure(error)
            }
            await conversation.closeInput()
            // A program that still writes would block on its full pipe, and never see the end of its input.
            group.addTask { await conversation.discardOutput() }
            await execution.waitForEnd(atMost: GracePeriods.inputClosed)
            // What the program left running is still in its group. Once it is reaped, the number may be another
            // group's.
            execution.killGroup()
            group.cancelAll()
            return outcome
        }
    }
}
