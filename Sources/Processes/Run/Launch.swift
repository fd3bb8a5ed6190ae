import Glibc
import Subprocess
import SystemPackage

/// Turns a ``Command`` into what the Subprocess library starts.
enum Launch {
    /// Builds the configuration: own session, so that a signal to the group reaches the program and its children only.
    static func configuration(
        for command: Command,
        teardown: [TeardownStep]
    ) throws(ProcessError) -> Configuration {
        guard let path = Programs.find(command.executable) else {
            throw .notFound(command: command.description, hint: Programs.hint(forMissing: command.executable))
        }
        guard !(command.arguments + [path]).contains(where: { $0.utf8.contains(0) }) else {
            // The kernel would cut the argument there without a word.
            throw .startFailed(command: command.description, reason: "an argument contains a zero byte")
        }
        _ = ignoredBrokenPipes
        var options = PlatformOptions()
        // setsid(2): Ctrl-C at the terminal reaches this process only, which then ends the program in its own way.
        options.createSession = true
        options.teardownSequence = teardown
        var environment: [Environment.Key: String?] = [:]
        for (name, value) in command.environment {
            environment[Environment.Key(stringLiteral: name)] = value
        }
        // Last, so that no caller can take it back: what a program prints is read, and its words decide.
        for (name, value) in CLocale.variables { environment.updateValue(value, forKey: name) }
        return Configuration(
            executable: .path(FilePath(path)),
            arguments: Arguments(command.arguments),
            environment: .inherit.updating(environment),
            workingDirectory: command.workingDirectory.map { FilePath($0) },
            platformOptions: options
        )
    }

    static func error(_ error: any Error, from command: Command) -> ProcessError {
        guard let error = error as? SubprocessError else {
            return .startFailed(command: command.description, reason: "\(error)")
        }
        switch error.code {
        case .executableNotFound:
            return .notFound(command: command.description, hint: Programs.hint(forMissing: command.executable))
        case .spawnFailed, .failedToChangeWorkingDirectory:
            return .startFailed(command: command.description, reason: "\(error)")
        default:
            return .transferFailed(command: command.description, reason: "\(error)")
        }
    }

    /// Makes a write to a program that closed its input an error; otherwise it would end this process.
    ///
    /// Started programs are not affected: the library resets their signals to the defaults.
    private static let ignoredBrokenPipes: Void = {
        _ = signal(SIGPIPE, SIG_IGN)
    }()
}

extension ExitStatus {
    init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let number): self = .signalled(number)
        }
    }
}
