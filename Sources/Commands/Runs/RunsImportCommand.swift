import ArgumentParser
import Foundation
import Results

/// `netmachinery runs import`: takes in what `runs export` printed, here or elsewhere.
struct RunsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add runs from exported documents; each is added whole or not at all."
    )

    @Argument(help: "Files that runs export wrote.", completion: .file())
    var files: [String]

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let store = try database.open()
        for file in files {
            let text: String
            do {
                text = try String(contentsOfFile: file, encoding: .utf8)
            } catch {
                throw CommandFailure(.badArguments, "\(file): cannot be read: \(error.localizedDescription)")
            }
            do throws(StoreError) {
                print(try store.importRun(text))
            } catch {
                let isTheDocuments = error.code == .duplicate || error.code == .invalidDocument
                throw CommandFailure(isTheDocuments ? .badArguments : .environmentLacks, "\(file): \(error)")
            }
        }
    }
}
