/// Where a value comes from.
struct Position: Sendable, Equatable {
    /// A file, or an option of the command line.
    enum Source: Sendable, Equatable {
        case file(String)
        case override(String)
    }

    let source: Source
    /// Counted from 1; 0 where the source is an override.
    let line: Int
    /// Counted from 1 in Unicode scalars; 0 where the source is an override.
    let column: Int

    var file: String {
        switch source {
        case .file(let name): name
        case .override(let text): "--set \(text)"
        }
    }
}
