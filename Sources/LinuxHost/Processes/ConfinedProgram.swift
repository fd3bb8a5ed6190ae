import CLinux
import Foundation
import Synchronization

/// Runs a program that may compute and read, and write to its two outputs, and nothing else.
///
/// For programs that take text of others for their commands. seccomp(2) refuses what they have no need of with EPERM:
/// to start programs and processes, to make, change or remove files, and to open sockets. It holds for root too, and
/// for what the program loads into itself.
public struct ConfinedProgram: Sendable {
    /// The path of the program.
    public let executable: String
    /// Its words, without its own name.
    public let arguments: [String]
    /// What its environment has beside, or in place of, this process's.
    ///
    /// But for the language, which is always that of the C library in UTF-8: what it prints is read, and what it is given to
    /// draw has letters of every language.
    public let environment: [String: String]

    /// A program with its words and what to set in its environment.
    public init(executable: String, arguments: [String], environment: [String: String] = [:]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// What a program wrote and how it ended.
    public struct Output: Sendable, Equatable {
        /// The bytes of its standard output.
        public let standardOutput: [UInt8]
        /// Its standard error; bytes that are not UTF-8 become U+FFFD.
        public let standardError: String
        /// The exit code; 128 and its number for a signal.
        public let exitCode: Int32
    }

    /// Runs it to its end; at the deadline, on cancellation and beyond the limit of bytes it is killed.
    public func run(input: [UInt8], deadline: Duration, outputLimit: Int) async throws(HostError) -> Output {
        let isCancelled = Flag()
        let end = ContinuousClock.now + deadline
        let result: Result<Output, HostError> = await withTaskCancellationHandler {
            do throws(HostError) {
                return .success(
                    try await PlainThread.run(failure: { $0 }) { () throws(HostError) in
                        try start(input: input).finish(
                            ConfinedExchange.Limits(
                                program: executable, end: end, deadline: deadline, bytes: outputLimit,
                                isCancelled: { isCancelled.isRaised }
                            )
                        )
                    })
            } catch {
                return .failure(error)
            }
        } onCancel: {
            isCancelled.raise()
        }
        return try result.get()
    }

    /// What a task tells a thread.
    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isRaised: Bool { value.load(ordering: .relaxed) }
        func raise() { value.store(true, ordering: .relaxed) }
    }

    private func start(input: [UInt8]) throws(HostError) -> ConfinedExchange {
        let pipes = try ConfinedPipes(for: executable)
        var program = nm_confined_program()
        program.input = pipes.input.reading
        program.output = pipes.output.writing
        program.error = pipes.error.writing
        let code = Self.withWords([executable] + arguments) { words in
            Self.withWords(variables) { variables in
                executable.withCString { path in
                    program.path = path
                    program.arguments = UnsafePointer(words)
                    program.environment = UnsafePointer(variables)
                    return nm_confined_start(&program)
                }
            }
        }
        // While we hold its ends open, the end of its output never comes.
        pipes.closeTheirs()
        guard code == 0 else {
            if program.process > 0 { waitpid(program.process, nil, 0) }
            throw HostError(
                operation: "start", object: executable, errno: code,
                hint: code == EINVAL
                    ? "It is run only where seccomp(2) can keep it from starting other programs; see CONFIG_SECCOMP_FILTER"
                    : ""
            )
        }
        return ConfinedExchange(process: program.process, pipes: pipes, input: input)
    }

    private var variables: [String] {
        var all = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
        all["LC_ALL"] = "C.UTF-8"
        // It would win over other variables for messages.
        all["LANGUAGE"] = nil
        return all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    private static func withWords<R>(
        _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
        for (index, word) in words.enumerated() { pointers[index] = strdup(word) }
        pointers[words.count] = nil
        defer {
            for index in words.indices { free(pointers[index]) }
            pointers.deallocate()
        }
        return body(pointers)
    }
}
