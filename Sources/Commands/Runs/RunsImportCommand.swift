import ArgumentParser
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
        guard files.count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("- stands for standard input, which can be read once")
        }
    }

    func run() async throws {
        // All are read before the first is added: a wrong name must not leave half of the work done.
        let documents = try files.map { file in
            let name = file == "-" ? InputText.standardInput : file
            switch InputText.read(file) {
            case .success(let text): return (name: name, text: text)
            case .failure(let problem):
                throw CommandFailure(.badArguments, "\(name): cannot be read: \(problem.reason)")
            }
        }
        let store = try database.open()
        for document in documents {
            let id: String
            do throws(StoreError) {
                id = try store.importRun(document.text)
            } catch {
                let isTheDocuments = error.code == .duplicate || error.code == .invalidDocument
                throw CommandFailure(
                    isTheDocuments ? .badArguments : .environmentLacks, "\(document.name): \(error)")
            }
            try StandardOutput.print(id)
        }
    }
}
