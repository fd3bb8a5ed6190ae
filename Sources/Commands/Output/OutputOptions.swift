import ArgumentParser

/// The option of every command that prints data.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: "How data is printed.")
    var output: OutputFormat = .table

    /// Prints values as a table for people, or as JSON with sorted keys for programs.
    func print<Value: Encodable>(_ value: Value, table: (Value) -> TextTable) throws {
        switch output {
        case .table: Swift.print(table(value).text, terminator: "")
        case .json: Swift.print(try JSONText.encode(value))
        }
    }
}
