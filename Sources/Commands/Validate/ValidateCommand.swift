import ArgumentParser
import Resources

/// `netmachinery validate`: reads files as strictly as `run`, and starts nothing.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check files of resources; every problem with its file, line and column."
    )

    @Argument(help: "YAML files.", completion: .file())
    var files: [String]

    @OptionGroup var output: OutputOptions

    struct Entry: Encodable {
        let file: String
        let line: Int
        let kind: String
        let name: String
    }

    func run() throws {
        let entries = try ResourceFiles.read(files).map {
            Entry(file: $0.file, line: $0.line, kind: type(of: $0.resource).kind, name: $0.resource.metadata.name)
        }
        try output.print(entries) { entries in
            TextTable(
                [.init("file"), .init("line", .right), .init("kind"), .init("name")],
                rows: entries.map { [$0.file, "\($0.line)", $0.kind, $0.name] }
            )
        }
    }
}
