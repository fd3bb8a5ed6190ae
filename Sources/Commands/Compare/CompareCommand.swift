import ArgumentParser
import Contract
import Reports
import Results

/// `netmachinery compare`: two runs, judged metric by metric.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Judge a candidate run against a base run: a verdict for each metric and variant.",
        discussion: """
            A run is named by its id, the beginning of its id, a label k=v (its latest run), or "latest". \
            Exits with 1 when something regressed, when the candidate has no values where the base has some, when the \
            runs differ in what matters (environment, testbed, or what the resource measures), or when nothing was \
            compared: both names are one run, or the runs have nothing in common.
            """
    )

    @Argument(help: "The run to compare with.")
    var base: String

    @Argument(help: "The run that is judged.")
    var candidate: String

    @Flag(help: "Compare even though environments or resources differ in what matters.")
    var ignoreEnvironment = false

    @Flag(help: "Exit with 1 also when a verdict is inconclusive.")
    var failOnInconclusive = false

    @Option(name: .long, help: "How verdicts are printed: \(ComparisonFormat.list).")
    var output: ComparisonFormat = .table

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let store = try database.openExisting()
        let comparison = RunComparison(
            base: try RunLookup.load(base, from: store),
            candidate: try RunLookup.load(candidate, from: store),
            overridingEnvironment: ignoreEnvironment
        )
        for note in comparison.notes { StandardError.print(note) }
        try output.print(comparison, failOnInconclusive: failOnInconclusive)
        StandardError.print(ComparisonOutcome.counts(comparison))
        if let failure = ComparisonOutcome.failure(comparison, failOnInconclusive: failOnInconclusive) {
            throw CommandFailure(.comparisonFailed, failure)
        }
    }
}
