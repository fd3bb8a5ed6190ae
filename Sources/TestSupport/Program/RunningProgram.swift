import Foundation
import Glibc
import Synchronization

/// A program that a test started and talks to by signals; what it prints goes into files.
public final class RunningProgram: Sendable {
    /// It had to be killed because it did not end.
    public struct TimedOut: Error, Sendable, CustomStringConvertible {
        /// What was started, and what it had printed.
        public let description: String
    }

    /// The process, which is the program itself.
    public let processIdentifier: Int32

    private let words: [String]
    private let files: (output: String, error: String)
    private let code = Mutex<Int32?>(nil)

    /// What this process has open and would hand on, but for the three that every program has.
    private static func inherited() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { descriptor in
            let flags = fcntl(descriptor, F_GETFD)
            return descriptor > STDERR_FILENO && flags >= 0 && flags & FD_CLOEXEC == 0
        }
    }

    /// Starts a program from `PATH` with no signal blocked; its output goes to new files.
    public init(_ words: [String], environment: [String: String] = [:], output: String, error: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, error, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        // As from a shell: what a test has open is not the program's.
        for descriptor in Self.inherited() { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let variables = ProcessInfo.processInfo.environment.merging(environment) { _, given in given }
        var arguments = words.map { strdup($0) } + [nil]
        var entries = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + entries { free(text) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, words.first ?? "", &actions, &attributes, &arguments, &entries)
        guard code == 0 else {
            throw TimedOut(
                description: "cannot start \(words.joined(separator: " ")): \(String(cString: strerror(code)))")
        }
        processIdentifier = process
        self.words = words
        files = (output, error)
    }

    /// What it has printed to standard output so far.
    public var standardOutput: String { Self.text(files.output) }

    /// What it has printed to standard error so far.
    public var standardError: String { Self.text(files.error) }

    /// Sends a signal to the program alone, not to what it started.
    public func signal(_ number: Int32) {
        _ = code.withLock { code in code == nil ? kill(processIdentifier, number) : 0 }
    }

    /// Waits for its end; kills it and throws when that does not come.
    public func end(within limit: Duration = .seconds(60)) async throws -> ProgramResult {
        let ended = await Self.poll(for: limit) { [self] in hasEnded }
        guard ended else {
            signal(SIGKILL)
            _ = await Self.poll(for: .seconds(5)) { [self] in hasEnded }
            throw TimedOut(
                description: "\(words.joined(separator: " ")) did not end within \(limit); it said:\n\(standardError)")
        }
        return ProgramResult(
            exitCode: code.withLock { $0 } ?? -1,
            standardOutput: standardOutput,
            standardError: standardError
        )
    }

    /// Waits until it has said something on standard error; false when it ended, or the time was over, before that.
    public func says(_ text: String, within limit: Duration = .seconds(30)) async -> Bool {
        _ = await Self.poll(for: limit) { [self] in standardError.contains(text) || hasEnded }
        return standardError.contains(text)
    }

    /// Whether it has ended.
    public var hasEnded: Bool {
        code.withLock { code in
            if code != nil { return true }
            var status: Int32 = 0
            guard waitpid(processIdentifier, &status, WNOHANG) == processIdentifier else { return false }
            let signal = status & 0x7f
            code = signal == 0 ? status >> 8 & 0xff : 128 + signal
            return true
        }
    }

    private static func poll(for limit: Duration, _ condition: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + limit
        while !condition() {
            guard ContinuousClock.now < end else { return condition() }
            try? await Task.sleep(for: .milliseconds(3))
        }
        return true
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
