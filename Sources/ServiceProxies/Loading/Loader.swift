import LinuxHost
import Processes

/// Runs the programs that load and list tables, and says what each cost.
struct Loader: Sendable {
    /// What is done to what, for messages: `load services` `with iptables-nft`.
    struct Purpose: Sendable {
        var operation: String
        var object: String

        init(_ operation: String, _ object: String) {
            self.operation = operation
            self.object = object
        }
    }

    let configuration: ProxyConfiguration

    /// The most that a listing may print: a million rules of 200 bytes several times over.
    private static let outputLimit = 4 << 30

    /// Where a program is, or nil when there is none.
    func find(_ program: String) -> String? {
        Programs.find(program, in: configuration.programDirectory.map { [$0] } ?? [])
    }

    /// Runs a program that has to succeed.
    func run(
        _ program: String, _ arguments: [String] = [], input: [UInt8] = [], for purpose: Purpose,
        watchesMemory: Bool = true
    ) async throws(ServiceProxyError) -> (output: ProcessOutput, cost: Programming) {
        let result = try await attempt(
            program, arguments, input: input, for: purpose, watchesMemory: watchesMemory)
        guard result.output.status.isSuccess else { throw ToolWords.error(in: result.output, purpose, configuration) }
        return result
    }

    /// Runs a program whatever status it ends with.
    ///
    /// Times are those of all children that ended meanwhile: a process runs one loader at a time. What is known to be
    /// small needs no watch of its memory, which costs some time itself.
    func attempt(
        _ program: String, _ arguments: [String] = [], input: [UInt8] = [], for purpose: Purpose,
        watchesMemory: Bool = true
    ) async throws(ServiceProxyError) -> (output: ProcessOutput, cost: Programming) {
        guard let path = find(program) else {
            throw .noProgram(program, purpose)
        }
        let command = command(path, arguments)
        let before = ChildTimes.now()
        let start = Clock.monotonicNanoseconds()
        let deadline = configuration.deadline
        let run: @Sendable () async throws(ProcessError) -> (output: ProcessOutput, end: UInt64) = {
            () async throws(ProcessError) in
            let output = try await ProcessRunner.run(
                command, input: input, deadline: deadline, outputLimit: Self.outputLimit)
            // A watch has its last look after this.
            return (output, Clock.monotonicNanoseconds())
        }
        let ended: (output: ProcessOutput, end: UInt64)
        var finding = ProcessWatch.Finding()
        do throws(ProcessError) {
            if watchesMemory {
                (ended, finding) = try await ProcessWatch(interval: .milliseconds(2)).during(run)
            } else {
                ended = try await run()
            }
        } catch {
            throw Self.error(error, purpose)
        }
        var cost = Programming()
        cost.wallNanoseconds = ended.end - start
        let times = ChildTimes.now().since(before)
        cost.userSeconds = times.userSeconds
        cost.systemSeconds = times.systemSeconds
        cost.peakMemoryBytes = finding.peakBytes
        cost.inputBytes = input.count
        cost.processes = 1
        return (ended.output, cost)
    }

    private func command(_ path: String, _ arguments: [String]) -> Command {
        let environment = configuration.lockFile.map { ["XTABLES_LOCKFILE": $0] } ?? [:]
        guard let namespace = configuration.namespacePath else {
            return Command(executable: path, arguments: arguments, environment: environment)
        }
        return Command(
            // nsenter becomes the program (execve(2)), so times and memory are the program's own.
            executable: "nsenter", arguments: ["--net=\(namespace)", "--", path] + arguments, environment: environment)
    }

    private static func error(_ error: ProcessError, _ purpose: Purpose) -> ServiceProxyError {
        let code: ServiceProxyError.Code
        var nextStep = ""
        switch error {
        case .notFound: code = .missing
        case .timedOut:
            code = .timedOut
            nextStep = "raise the deadline, or ask for fewer services"
        case .cancelled: code = .cancelled
        default: code = .rejected
        }
        return ServiceProxyError(
            code, operation: purpose.operation, object: purpose.object, cause: error.description, nextStep: nextStep)
    }
}
