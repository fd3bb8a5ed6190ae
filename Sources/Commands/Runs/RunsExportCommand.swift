import ArgumentParser
import Quantities
import Results

/// `netmachinery runs export`: one run as a JSON document, to be imported elsewhere.
struct RunsExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print one run, with every sample and histogram, as a JSON document."
    )

    @Argument(help: "The run: an id, the beginning of one, a label k=v, or latest.")
    var run: String

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let store = try database.openExisting()
        try StandardOutput.print(VisibleText.json(store.export(runID: try RunLookup.find(run, in: store).id)))
    }
}
