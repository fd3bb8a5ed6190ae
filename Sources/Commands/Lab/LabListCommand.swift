import ArgumentParser
import Contract
import LocalTestbed

/// `netmachinery lab ps`: what is in a lab.
struct LabListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ps",
        abstract: "List a lab's nodes and pods, their addresses, and how many processes run in each."
    )

    @OptionGroup var lab: LabOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard LocalTestbed.isPermitted else {
            throw CommandFailure(.environmentLacks, "looking into namespaces needs root; run it with sudo")
        }
        try LabTable.print(run: lab.run, output)
    }
}
