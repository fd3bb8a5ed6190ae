import ArgumentParser
import Results

/// `netmachinery runs delete`: removes runs with everything measured in them.
struct RunsDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete runs with all their trials, samples and histograms."
    )

    @Argument(help: "The runs: ids, or beginnings of them.")
    var runs: [String]

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let store = try database.open()
        var records: [RunRecord] = []
        // All are found before the first is deleted: a wrong name must not leave half of the work done.
        for run in runs { records.append(try RunLookup.find(run, in: store)) }
        for record in records {
            do throws(StoreError) {
                try store.deleteRun(record.id)
            } catch {
                throw CommandFailure(.environmentLacks, "\(error)")
            }
            print(record.id)
        }
    }
}
