/// Collects what is wrong while a file is read.
final class Problems {
    private var found: [ResourceProblem] = []
    private var known: Set<ResourceProblem> = []
    private var untold: (first: ResourceProblem, count: Int)?

    var isEmpty: Bool { found.isEmpty }

    /// How many were told so far, those that are not shown among them.
    var count: Int { found.count + (untold?.count ?? 0) }

    /// The problems in the order of the file; those of overrides come last, and then how many are not told.
    var sorted: [ResourceProblem] {
        func rank(_ problem: ResourceProblem) -> (Int, Int) {
            (problem.line > 0 ? problem.line : .max, problem.column)
        }
        // Swift's sort keeps the order of equals, so that problems of one place stay in the order of reading.
        return found.sorted { rank($0) < rank($1) } + (rest.map { [$0] } ?? [])
    }

    private var rest: ResourceProblem? {
        untold.map { first, count in
            ResourceProblem(
                file: first.file,
                line: first.line,
                column: first.column,
                path: "",
                message: count == 1
                    ? "one more problem; mend the others first"
                    : "\(count) more problems from here on; mend the others first"
            )
        }
    }

    func add(
        _ message: @autoclosure () -> String,
        path: @autoclosure () -> String,
        at position: Position,
        suggestion: @autoclosure () -> String? = nil
    ) {
        guard found.count < ReadingLimits.problems else {
            let first =
                untold?.first
                ?? ResourceProblem(
                    file: position.file, line: position.line, column: position.column, path: "", message: "")
            untold = (first, (untold?.count ?? 0) + 1)
            return
        }
        let problem = ResourceProblem(
            file: position.file,
            line: position.line,
            column: position.column,
            path: path(),
            message: message(),
            suggestion: suggestion()
        )
        if known.insert(problem).inserted { found.append(problem) }
    }
}
