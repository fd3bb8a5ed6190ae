import Subprocess
import Synchronization

/// A running program that is spoken to in lines: one task sends, one task reads.
///
/// It is valid inside the body of ``ProcessRunner/converse(_:deadline:lineLimit:_:)`` only.
public final class Conversation: Sendable {
    /// The process identifier of the program, which also names its session and its process group.
    public let processIdentifier: Int32

    private let command: String
    private let deadline: Duration
    private let lineLimit: Int
    private let writer: StandardInputWriter
    private let reader: LineReader
    private let state = Mutex(State())

    private struct State {
        var tail = TailBuffer(limit: 8192)
        var isTimedOut = false
    }

    init(
        command: Command,
        deadline: Duration,
        lineLimit: Int,
        execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>
    ) {
        processIdentifier = execution.processIdentifier.value
        self.command = command.description
        self.deadline = deadline
        self.lineLimit = lineLimit
        writer = execution.standardInputWriter
        reader = LineReader(execution.standardOutput, limit: lineLimit)
    }

    /// Writes the line and a line feed to the program's standard input.
    ///
    /// Waits while the pipe is full, at most until the deadline of the conversation. A line feed inside the line makes
    /// two lines of it for the program.
    ///
    /// - Throws: ``ProcessError/inputClosed(command:)`` when the program ended or closed its input, `timedOut` and
    ///   `cancelled`.
    public func send(_ line: String) async throws(ProcessError) {
        let bytes = Array("\(line)\n".utf8)
        let written = (try? await writer.write(bytes)) ?? 0
        // After the deadline or a cancellation the pipe breaks because we ended the program: that is then the reason.
        guard written < bytes.count else { return }
        try throwInterruption()
        throw .inputClosed(command: command)
    }

    /// Closes the program's standard input; closing it again does nothing.
    public func closeInput() async {
        try? await writer.finish()
    }

    /// Returns the next line of standard output without its line feed, or nil at the end of the output.
    ///
    /// A line is returned as soon as its line feed arrives; text after the last line feed is the last line. Bytes that
    /// are not UTF-8 become U+FFFD.
    ///
    /// - Throws: ``ProcessError/timedOut(command:after:standardErrorTail:)`` when the deadline of the conversation
    ///   passes first, `cancelled`, `outputTooLarge` for a line over the limit, `transferFailed`.
    public func nextLine() async throws(ProcessError) -> String? {
        switch await reader.next() {
        case .line(let line):
            return line
        case .unfinishedLine(let line):
            // The end of an ended program may be half a line, which must not be taken for a whole one.
            try throwInterruption()
            return line
        case .end:
            try throwInterruption()
            return nil
        case .tooLong:
            throw .outputTooLarge(command: command, limit: lineLimit)
        case .failed(let reason):
            try throwInterruption()
            throw .transferFailed(command: command, reason: reason)
        }
    }

    /// Returns the next line like ``nextLine()``, but waits no longer than `limit`.
    ///
    /// After a `timedOut` of this call the program still runs, and the line it may yet send is not lost.
    public func nextLine(within limit: Duration) async throws(ProcessError) -> String? {
        let result = await withTaskGroup(of: Result<String?, ProcessError>?.self) { group in
            group.addTask {
                do throws(ProcessError) {
                    return .success(try await self.nextLine())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            var result = await group.next() ?? nil
            group.cancelAll()
            // A line that arrived in the very moment of the timeout must not be dropped.
            if result == nil, case .success(let line?)?? = await group.next() {
                result = .success(line)
            }
            return result
        }
        guard let result else {
            try throwInterruption()
            throw .timedOut(command: command, after: limit)
        }
        return try result.get()
    }

    /// Returns the last 8 KiB the program has written to standard error so far.
    public func standardErrorTail() -> String {
        state.withLock { $0.tail.text }
    }

    func keepStandardError(_ bytes: [UInt8]) {
        state.withLock { $0.tail.append(bytes) }
    }

    func markTimedOut() {
        state.withLock { $0.isTimedOut = true }
    }

    func discardOutput() async {
        await reader.discardRest()
    }

    private func throwInterruption() throws(ProcessError) {
        if state.withLock({ $0.isTimedOut }) {
            throw .timedOut(command: command, after: deadline)
        }
        if Task.isCancelled {
            throw .cancelled(command: command)
        }
    }
}
