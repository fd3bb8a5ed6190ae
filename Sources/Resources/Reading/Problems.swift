/// Collects what is wrong while a file is read.
final class Problems {
    private var found: [ResourceProblem] = []

    var isEmpty: Bool { found.isEmpty }

    /// The problems in the order of the file; those of overrides come last.
    var sorted: [ResourceProblem] {
        func rank(_ problem: ResourceProblem) -> (Int, Int) {
            (problem.line > 0 ? problem.line : .max, problem.column)
        }
        // Swift's sort keeps the order of equals, so that problems of one place stay in the order of reading.
        return found.sorted { rank($0) < rank($1) }
    }

    func add(_ message: String, path: String, at position: Position, suggestion: String? = nil) {
        let problem = ResourceProblem(
            file: position.file,
            line: position.line,
            column: position.column,
            path: path,
            message: message,
            suggestion: suggestion
        )
        if !found.contains(problem) { found.append(problem) }
    }
}
