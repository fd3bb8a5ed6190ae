/// One thing that is wrong in a resource, and where.
public struct ResourceProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file, or the override (`--set …`) that brought the value.
    public let file: String
    /// The line, counted from 1; 0 for what an override brought.
    public let line: Int
    /// The column, counted from 1 in Unicode scalars; 0 for what an override brought.
    public let column: Int
    /// The path of the key, such as `spec.tests[1].duration`; empty where there is none.
    public let path: String
    /// What was expected, and what was found.
    public let message: String
    /// The nearest valid name, where one is near.
    public let suggestion: String?

    /// Describes one problem.
    public init(file: String, line: Int, column: Int, path: String, message: String, suggestion: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.message = message
        self.suggestion = suggestion
    }

    /// The problem on one line.
    ///
    /// The form is `file:line:column: path: message`, and `. Did you mean "…"?` where a valid name is near.
    public var description: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        let subject = path.isEmpty ? "" : "\(path): "
        let hint = suggestion.map { ". Did you mean \"\($0)\"?" } ?? ""
        return "\(place): \(subject)\(message)\(hint)"
    }
}
