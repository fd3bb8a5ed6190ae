import Glibc

/// Feeds a program that was started, and reads what it writes, until it has ended.
struct ConfinedExchange {
    /// Until when, how much, and what ends it before that.
    struct Limits {
        let program: String
        let end: ContinuousClock.Instant
        let deadline: Duration
        let bytes: Int
        let isCancelled: () -> Bool
    }

    let process: Int32
    let pipes: ConfinedPipes
    let input: [UInt8]

    /// How often it is looked whether the task was cancelled.
    private static let step = Duration.milliseconds(100)

    /// To be called on a thread that is used for nothing else.
    func finish(_ limits: Limits) throws(HostError) -> ConfinedProgram.Output {
        // A program that no longer reads shall be an error of write(2), whatever the process does with the signal.
        var pipeSignal = sigset_t()
        sigemptyset(&pipeSignal)
        sigaddset(&pipeSignal, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipeSignal, nil)
        var output: [UInt8] = []
        var error: [UInt8] = []
        var rest = input[...]
        while pipes.output.reading >= 0 || pipes.error.reading >= 0 {
            if let reason = reason(to: limits, written: output.count + error.count) {
                // Alone, for seccomp(2) lets it have no children; and not reaped yet, so the number is still its own.
                kill(process, SIGKILL)
                _ = wait()
                throw HostError(
                    operation: "finish", object: limits.program, errno: 0,
                    hint: reason + Self.said(error)
                )
            }
            if rest.isEmpty { pipes.input.closeWriting() }
            // A negative descriptor is one that poll(2) leaves out.
            var entries = [
                pollfd(fd: pipes.input.writing, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: pipes.output.reading, events: Int16(POLLIN), revents: 0),
                pollfd(fd: pipes.error.reading, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&entries, 3, Self.milliseconds(min(Self.step, limits.end - .now))) > 0 else { continue }
            if entries[0].revents != 0 { feed(&rest) }
            if entries[1].revents != 0, !Self.read(pipes.output.reading, into: &output) { pipes.output.closeReading() }
            if entries[2].revents != 0, !Self.read(pipes.error.reading, into: &error) { pipes.error.closeReading() }
        }
        return ConfinedProgram.Output(
            standardOutput: output, standardError: String(decoding: error, as: UTF8.self), exitCode: wait(until: limits)
        )
    }

    private func reason(to limits: Limits, written: Int) -> String? {
        if limits.isCancelled() { return "It was ended because the work around it was cancelled" }
        if written > limits.bytes { return "It wrote more than \(limits.bytes) bytes and was ended" }
        return limits.end <= .now ? "It did not finish within \(limits.deadline) and was ended" : nil
    }

    /// Writes what fits; a program that no longer reads says by its exit code whether that was a mistake.
    private func feed(_ rest: inout ArraySlice<UInt8>) {
        let count = rest.withUnsafeBytes { Glibc.write(pipes.input.writing, $0.baseAddress, $0.count) }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        rest = count < 0 ? [] : rest.dropFirst(count)
    }

    /// False at the end.
    private static func read(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
        // As much as a pipe holds (pipe(7)).
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        bytes += chunk[..<count]
        return count > 0
    }

    /// It has closed its outputs, and ends now or at the deadline.
    private func wait(until limits: Limits) -> Int32 {
        var status: Int32 = 0
        while !limits.isCancelled(), .now < limits.end {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { return Self.exitCode(status) }
            if ended < 0, errno != EINTR { return -1 }
            // Its pipes are closed: there is nothing left that poll(2) could wait for.
            usleep(1_000)
        }
        kill(process, SIGKILL)
        return wait()
    }

    private func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        return Self.exitCode(status)
    }

    private static func exitCode(_ status: Int32) -> Int32 {
        // WEXITSTATUS and WTERMSIG, which are macros that Swift does not see.
        status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
        Int32(max(1, duration / .milliseconds(1)))
    }

    private static func said(_ error: [UInt8]) -> String {
        error.isEmpty ? "" : "; it said: \(String(decoding: error.suffix(2_048), as: UTF8.self))"
    }
}
