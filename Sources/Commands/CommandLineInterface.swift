import ArgumentParser
public import Contract
import Glibc
import LinuxHost
import Quantities

/// The command line: parses, runs, and ends the process with the exit status of the contract.
public enum CommandLineInterface {
    /// What comes before everything else; to be called on the first thread of the process.
    public static func begin() {
        Surroundings.settle()
        if CommandLine.arguments.dropFirst().first == AgentCommand.configuration.commandName { Lifeline.prepare() }
    }

    /// Runs the command that the process was started with, and does not return.
    public static func main() async -> Never {
        guard !CommandLine.arguments.isEmpty else {
            StandardError.print("netmachinery: cannot read its own command line; see that /proc is mounted")
            exit(ProgramExit.environmentLacks.rawValue)
        }
        if let shortage = ProcessLimits.shortage() {
            StandardError.print("netmachinery: \(shortage)")
            exit(ProgramExit.environmentLacks.rawValue)
        }
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        Surroundings.leaveNothing()
        exit(status.rawValue)
    }

    /// Runs one command line; what it prints goes to standard output, what it says to standard error.
    public static func run(_ arguments: [String]) async -> ProgramExit {
        do {
            var command = try parse(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .done
        } catch let failure as CommandFailure {
            if !failure.message.isEmpty {
                StandardError.print("netmachinery: \(failure.message)")
            }
            return failure.status
        } catch  where NetmachineryCommand.exitCode(for: error) == .success {
            // Help and the version are asked for, and come as errors from the parser or from a command that has verbs.
            return printHelp(NetmachineryCommand.fullMessage(for: error))
        } catch {
            // The arguments were good: whatever a store, a testbed or the system says is about the environment.
            // It may hold words of others, who cannot begin a line of their own with them.
            StandardError.print("netmachinery: \(VisibleText.line("\(error)"))")
            return .environmentLacks
        }
    }

    private static func printHelp(_ text: String) -> ProgramExit {
        do {
            try StandardOutput.print(text)
            return .done
        } catch {
            StandardError.print("netmachinery: \(error.message)")
            return error.status
        }
    }

    private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        do {
            return try NetmachineryCommand.parseAsRoot(arguments)
        } catch {
            if NetmachineryCommand.exitCode(for: error) == .success { throw error }
            throw CommandFailure(.badArguments, NetmachineryCommand.fullMessage(for: error))
        }
    }
}
