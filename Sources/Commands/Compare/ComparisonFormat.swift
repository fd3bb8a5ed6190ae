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
        try StandardOutput.print(text(of: comparison, failOnInconclusive: failOnInconclusive), terminator: "")
    }

    /// A comparison as text that ends with a line break.
    ///
    /// Where nothing was compared, each format says so.
    func text(of comparison: RunComparison, failOnInconclusive: Bool) throws -> String {
        switch self {
        case .table:
            comparison.emptiness.map { $0.description + "\n" } ?? VerdictListing(comparison).table.text
        case .json: try JSONText.encode(VerdictListing(comparison)) + "\n"
        case .markdown: comparison.render(.markdown) ?? ""
        case .junit: comparison.junit(failOnInconclusive: failOnInconclusive)
        }
    }
}
