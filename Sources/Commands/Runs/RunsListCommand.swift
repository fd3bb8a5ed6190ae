import ArgumentParser
import Results

/// `netmachinery runs list`: the stored runs, the latest first.
struct RunsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List runs, the latest first.")

    @Option(help: "Only runs of this name.")
    var name: String?

    @Option(help: "Only runs with this label k=v. May be repeated.")
    var label: [String] = []

    @Option(help: "At most so many.")
    var limit: Int?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let filter = RunFilter(name: name, labels: try Labels.parse(label), limit: limit)
        let entries = try database.openExisting().runs(matching: filter).map(RunEntry.init)
        try output.print(entries) { entries in
            TextTable(
                [
                    .init("id"), .init("kind"), .init("name"), .init("started"), .init("outcome"), .init("labels"),
                ],
                rows: entries.map { [$0.id, $0.kind, $0.name, $0.startedAt, $0.outcome, $0.labelText] }
            )
        }
    }
}
