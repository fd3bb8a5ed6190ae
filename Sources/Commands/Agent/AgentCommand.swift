import Agent
import ArgumentParser
import Contract
import Glibc

/// `netmachinery agent`: what a testbed starts inside a node or pod.
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "Run one probe plan (JSON on standard input) here, and print JSON lines.",
        discussion: "Ends when the plan is done, at the plan's deadline, or when standard input is closed."
    )

    func run() async throws {
        let status = await AgentMain.run(input: STDIN_FILENO, output: STDOUT_FILENO)
        guard status == .done else { throw CommandFailure(status) }
    }
}
