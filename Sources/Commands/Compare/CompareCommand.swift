import ArgumentParser
import Reports
import Results
import Statistics

/// `netmachinery compare`: two runs, judged metric by metric.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Judge a candidate run against a base run: a verdict for each metric and variant.",
        discussion: """
            A run is named by its id, the beginning of its id, a label k=v (its latest run), or "latest". \
            Exits with 1 when something regressed, or when the environments differ in what matters.
            """
    )

    @Argument(help: "The run to compare with.")
    var base: String

    @Argument(help: "The run that is judged.")
    var candidate: String

    @Flag(help: "Compare even though the environments differ in what matters.")
    var ignoreEnvironment = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try database.openExisting()
        let comparison = RunComparison(
            base: try RunLookup.load(base, from: store),
            candidate: try RunLookup.load(candidate, from: store),
            overridingEnvironment: ignoreEnvironment
        )
        for difference in comparison.differences {
            StandardError.print(
                "\(difference.key) differs: \(difference.base ?? "not recorded") in the base, "
                    + "\(difference.candidate ?? "not recorded") in the candidate"
            )
        }
        for variant in comparison.unmatched {
            StandardError.print("only one of the runs has \(variant)")
        }
        try output.print(VerdictListing(comparison)) { $0.table }
        guard !comparison.rows.isEmpty else {
            throw CommandFailure(.comparisonFailed, "the runs have no variant in common; nothing was compared")
        }
        guard comparison.isComparable else {
            throw CommandFailure(
                .comparisonFailed,
                "not comparable: \(comparison.differences.map(\.key).joined(separator: ", ")) differ;"
                    + " compare all the same with --ignore-environment"
            )
        }
        if comparison.hasRegressions {
            let count = comparison.rows.filter { $0.result.verdict == .regressed }.count
            throw CommandFailure(.comparisonFailed, "\(count) of \(comparison.rows.count) metrics regressed")
        }
    }
}
