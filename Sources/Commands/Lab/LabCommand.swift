import ArgumentParser
import LocalTestbed

/// `netmachinery lab`: the local testbed without a measurement, to play in.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Bring up the local testbed, look at it, run things in it, take it down.",
        subcommands: [LabUpCommand.self, LabListCommand.self, LabExecCommand.self, LabDownCommand.self]
    )
}

/// The option of every lab command.
struct LabOptions: ParsableArguments {
    @Option(help: "The lab's name; several labs can be up at once.")
    var name = "lab"

    func validate() throws {
        guard LabName(name) != nil else {
            throw ValidationError("--name \(name): expected up to 12 lower-case letters and digits")
        }
    }

    /// The word that a lab's namespaces carry.
    var run: String { LabName(name)?.run ?? name }
}
