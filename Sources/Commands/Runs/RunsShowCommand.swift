import ArgumentParser
import Contract
import Results

/// `netmachinery runs show`: one run, its trials by outcome, and its environment.
struct RunsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one run: how its trials ended, and the environment it ran in."
    )

    @Argument(help: "The run: an id, the beginning of one, a label k=v, or latest.")
    var run: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    struct Entry: Encodable {
        let run: RunEntry
        let trials: [String: Int]
        let failures: [String]
        let environment: [String: String]
        let steps: [RunEntry]
    }

    func run() async throws {
        let store = try database.openExisting()
        let record = try RunLookup.find(run, in: store)
        let trials = try store.trials(runID: record.id)
        let entry = Entry(
            run: RunEntry(record),
            trials: Dictionary(grouping: trials, by: \.outcome.rawValue).mapValues(\.count),
            failures: trials.filter { $0.outcome != .completed }.map {
                "\($0.variant), block \($0.block): \($0.outcome.rawValue): \($0.reason ?? "")"
            },
            environment: try store.environment(runID: record.id),
            steps: try store.runs(matching: RunFilter(parent: record.id)).reversed().map(RunEntry.init)
        )
        try output.print(entry) { entry in
            let run = entry.run
            var rows = [
                ["id", run.id], ["kind", run.kind], ["name", run.name], ["testbed", run.testbed],
                ["seed", "\(run.seed)"], ["started", run.startedAt], ["ended", run.endedAt ?? "not yet"],
                ["outcome", run.outcome], ["program", run.toolVersion], ["labels", run.labelText],
            ]
            if let parent = run.parent { rows.append(["step", "\(parent.step) of \(parent.id)"]) }
            rows += entry.steps.map {
                ["step \($0.parent?.step ?? "")", "\($0.id) \($0.kind) \($0.name): \($0.outcome)"]
            }
            rows += entry.trials.sorted { $0.key < $1.key }.map { ["trials \($0.key)", "\($0.value)"] }
            rows += entry.failures.map { ["failure", $0] }
            rows += entry.environment.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
            return TextTable([.init("key"), .init("value")], rows: rows)
        }
    }
}
