import ArgumentParser
import Reports

/// How `compare` prints its verdicts.
enum ComparisonFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table
    case json
    case markdown
    case junit

    /// All of them, for the help.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// Prints a comparison on standard output.
    func print(_ comparison: RunComparison, failOnInconclusive: Bool) throws {
        switch self {
        case .table: try StandardOutput.print(VerdictListing(comparison).table.text, terminator: "")
        case .json: try StandardOutput.print(JSONText.encode(VerdictListing(comparison)))
        case .markdown: try StandardOutput.print(comparison.render(.markdown) ?? "", terminator: "")
        case .junit: try StandardOutput.print(comparison.junit(failOnInconclusive: failOnInconclusive), terminator: "")
        }
    }
}
