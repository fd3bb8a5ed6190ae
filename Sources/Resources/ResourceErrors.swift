/// Everything that is wrong in a file, in the order of the file.
public struct ResourceErrors: Error, Sendable, Equatable, CustomStringConvertible {
    /// The problems, at least one.
    public let problems: [ResourceProblem]

    /// Gathers problems.
    public init(problems: [ResourceProblem]) {
        self.problems = problems
    }

    /// One line for each problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
