import ArgumentParser

/// `netmachinery runs`: what the store has.
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List, show, export, import and delete stored runs.",
        subcommands: [
            RunsListCommand.self, RunsShowCommand.self, RunsExportCommand.self, RunsImportCommand.self,
            RunsDeleteCommand.self,
        ]
    )
}
