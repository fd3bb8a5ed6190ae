import ArgumentParser

/// The option of every command that prints data.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: "How data is printed.")
    var output: OutputFormat = .table

    /// Prints values as a table for people, or as JSON with sorted keys for programs.
    func print<Value: Encodable>(_ value: Value, table: (Value) -> TextTable) throws {
        switch output {
        case .table: try StandardOutput.print(table(value).text, terminator: "")
        case .json: try StandardOutput.print(JSONText.encode(value))
        }
    }
}
