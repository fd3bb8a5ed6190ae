import Coordinator
import Experiments
import LocalTestbed
import Reports
import Resources
import Results

/// One document from the resource to the report.
struct RunSession {
    let document: ResourceDocument
    let options: RunOptions
    let store: Store
    let plots: String
    let interruption: Interruption

    func run(_ output: OutputOptions) async throws -> ExitStatus {
        guard let experiment = ExperimentRegistry.experiment(for: document) else {
            throw CommandFailure(
                .badArguments,
                "\(document.file):\(document.line): a \(type(of: document.resource).kind) measures nothing"
            )
        }
        let runID = SortableID.make()
        let testbed = LocalTestbed(
            options: LocalTestbed.Options(
                run: Self.shortName(of: runID),
                agentExecutable: ProgramPath.current,
                pluginDirectories: PluginPath.current
            ),
            ledger: StoreLedger(store: store, runID: runID)
        )
        let progress = ProgressLine()
        let coordinator = RunCoordinator(
            document: document,
            experiment: experiment,
            testbed: testbed,
            store: store,
            options: options,
            observer: progress
        )
        let seed = RunCoordinator.seed(of: experiment, options: options)
        StandardError.print("run \(runID): \(document.resource.metadata.name), seed \(seed)")
        let summary: RunSummary
        do throws(RunError) {
            summary = try await coordinator.run(id: runID, seed: seed) { [interruption] in await interruption.wait() }
        } catch {
            progress.end()
            throw CommandFailure(.environmentLacks, error.description)
        }
        progress.end()
        try await report(runID, summary, output)
        return status(of: summary)
    }

    /// The last letters of an id are random enough to tell runs apart, and short enough for names.
    static func shortName(of runID: String) -> String {
        String(runID.suffix(8)).lowercased()
    }

    private func report(_ runID: String, _ summary: RunSummary, _ output: OutputOptions) async throws {
        guard summary.completed > 0 || !summary.failures.isEmpty else { return }
        do {
            let data = try RunData.load(store, runID: runID)
            try output.print(VerdictListing(ReportModel(data))) { $0.table }
            for path in try await ReportWriter.write(run: data, plots: plots).all {
                StandardError.print("wrote \(path)")
            }
        } catch {
            throw CommandFailure(
                .environmentLacks,
                "the run is stored, but its report could not be written: \(error)\n"
                    + "try again with: netmachinery report \(runID)"
            )
        }
    }

    private func status(of summary: RunSummary) -> ExitStatus {
        if let signal = summary.interruption {
            StandardError.print(
                "netmachinery: interrupted by \(signal); everything was removed, \(summary.completed) trials are stored"
            )
            return .interrupted
        }
        guard summary.failed == 0 else {
            StandardError.print(
                "netmachinery: \(summary.failed) of \(summary.failed + summary.completed) trials have no result;"
                    + " the report says why"
            )
            return .trialsFailed
        }
        return .done
    }
}
