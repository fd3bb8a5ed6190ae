import ArgumentParser
import Contract
import LinuxHost
import Reports
import Results

/// `netmachinery runs import`: takes in what `runs export` printed, here or elsewhere.
struct RunsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add runs from exported documents; each is added whole or not at all."
    )

    @Argument(help: "What runs export wrote: files, pipes, or - for standard input.", completion: .file())
    var files: [String]

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard files.count(where: { $0 == InputText.standardInput }) <= 1 else {
            throw ValidationError("- stands for standard input, which can be read once")
        }
    }

    func run() async throws {
        // Whatever cannot be read is known before a database is made.
        let texts = try files.map { (file) throws(CommandFailure) in (file, try Self.text(of: file)) }
        let store = try database.open()
        for (file, text) in texts {
            let id: String
            do throws(StoreError) {
                id = try store.importRun(RunDocument(json: text, check: RunData.check))
            } catch {
                let isTheDocuments = error.code == .duplicate || error.code == .invalidDocument
                throw CommandFailure(isTheDocuments ? .badArguments : .environmentLacks, "\(file): \(error)")
            }
            try StandardOutput.print(id)
        }
    }

    private static func text(of file: String) throws(CommandFailure) -> String {
        do throws(InputText.Failure) {
            return try InputText.read(file, atMost: RunDocument.largest)
        } catch {
            throw CommandFailure(.badArguments, error.description)
        }
    }
}
