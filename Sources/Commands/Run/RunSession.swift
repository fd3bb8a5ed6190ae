import Contract
import Coordinator
import Experiments
import Foundation
import Processes
import Reports
import Resources
import Results
import Testbed

/// One document from the resource to the report; whatever goes wrong is said, and becomes the report's status.
struct RunSession {
    let document: ResourceDocument
    let options: RunOptions
    let store: any StoreSource & RunArchive
    let plots: String
    let interruption: Interruption
    let provider: any TestbedProvider
    let kernel: KernelChoice
    let guest: GuestArguments
    /// The run that this one goes on with.
    var resumed: String?

    private var name: String { document.resource.metadata.name }

    func run() async -> RunReport {
        let runID = resumed ?? SortableID.make()
        do throws(CommandFailure) {
            let summary = try await measure(runID)
            guard (try? store.store().run(runID)) != nil else {
                return RunReport(name: name, run: nil, status: status(of: summary), verdicts: [], files: [])
            }
            return await report(runID, summary)
        } catch {
            StandardError.print("netmachinery: \(error.message)")
            return RunReport(name: name, run: nil, status: error.status, verdicts: [], files: [])
        }
    }

    /// A report that cannot be written is better found out before an hour of measuring than after it.
    private var reportShortcomings: [Shortcoming] {
        var missing: [Shortcoming] = []
        if Programs.find("gnuplot") == nil {
            missing.append(
                Shortcoming(what: "gnuplot is not installed", wayOut: Programs.hint(forMissing: "gnuplot"))
            )
        }
        if !Self.canBeWritten(plots) {
            missing.append(
                Shortcoming(what: "\(plots) cannot be written to", wayOut: "give another directory with --plots")
            )
        }
        return missing
    }

    /// Whether files can be put into a directory, or it can be made; nothing is made to find that out.
    static func canBeWritten(_ directory: String) -> Bool {
        var path = URL(fileURLWithPath: directory).standardizedFileURL
        // Up to what exists: below it, everything can be made.
        while access(path.path, F_OK) != 0, path.path != "/" { path.deleteLastPathComponent() }
        var facts = stat()
        return stat(path.path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR && access(path.path, W_OK) == 0
    }

    private func measure(_ runID: String) async throws(CommandFailure) -> RunSummary {
        let experiment = try Self.experiment(of: document)
        let progress = ProgressLine()
        defer { progress.end() }
        let seed = options.seed(of: experiment)
        StandardError.print("run \(runID): \(name), seed \(seed)")
        let order = RunOrder(
            runID: runID,
            document: document,
            experiment: experiment,
            seed: seed,
            options: options,
            kernel: kernel,
            alsoMissing: reportShortcomings,
            resumes: resumed.map { _ in ResumedRun.difference },
            guest: GuestOrder(shortcomings: guest.shortcomings) { [guest] modules in
                guest.request(runID: runID, seed: seed, modules: modules)
            }
        )
        do throws(RunError) {
            return try await RunService(provider: provider, archive: store, store: store, observer: progress)
                .run(order) { [interruption] in await interruption.wait() }
        } catch {
            progress.end()
            throw CommandFailure(.environmentLacks, error.description)
        }
    }

    /// The experiment of a document; some kinds measure nothing.
    static func experiment(of document: ResourceDocument) throws(CommandFailure) -> any Experiment {
        do throws(ResourceErrors) {
            if let plan = try ScenarioPlan(document) { return ScenarioExperiment(plan) }
        } catch {
            throw CommandFailure(.badArguments, "nothing was started:\n\(error)")
        }
        guard let experiment = ExperimentRegistry.experiment(for: document) else {
            throw CommandFailure(
                .badArguments,
                "\(document.file):\(document.line): a \(type(of: document.resource).kind) measures nothing"
            )
        }
        return experiment
    }

    /// The pictures and the page of a run that is stored, and how the command ends with it.
    func report(_ runID: String, _ summary: RunSummary) async -> RunReport {
        var status = status(of: summary)
        var verdicts: [VerdictListing.Row] = []
        var files: [String] = []
        var findings: [PlacedFinding] = []
        var findingText = ""
        do throws(ReportError) {
            let data = try load(runID)
            let model = ReportModel(data)
            verdicts = VerdictListing(model).rows
            findings = model.findings
            findingText = FindingListing(model).text
            if status == .done, findings.contains(where: { $0.finding.verdict == .failed }) {
                StandardError.print("netmachinery: not all is as expected: \(FindingTables.summary(model))")
                status = .comparisonFailed
            }
            files = try await ReportWriter.write(run: data, plots: plots).all
            for path in files { StandardError.print("wrote \(path)") }
            files += try await stepReports(data)
        } catch {
            StandardError.print(
                "netmachinery: the run is stored, but its report could not be written: \(error)\n"
                    + "try again with: netmachinery report \(runID)"
            )
            if status == .done { status = .environmentLacks }
        }
        return RunReport(
            name: name, run: runID, status: status, verdicts: verdicts, findings: findings, findingText: findingText,
            files: files)
    }

    /// More reports than this are written when somebody asks for one.
    private static let mostStepReports = 20

    /// The report of each step that has measured something, in a directory of its own.
    private func stepReports(_ data: RunData) async throws(ReportError) -> [String] {
        let steps = data.steps.filter { !$0.run.trials.isEmpty }
        var files: [String] = []
        for (index, step) in steps.prefix(Self.mostStepReports).enumerated() {
            let written = try await ReportWriter.write(run: step.run, plots: "\(plots)/\(index + 1)-\(step.name)")
            // The pictures stand on the page.
            StandardError.print("wrote \(written.page)")
            files += written.all
        }
        if steps.count > Self.mostStepReports {
            StandardError.print(
                "the reports of \(steps.count - Self.mostStepReports) more steps are written by: netmachinery report RUN"
            )
        }
        return files
    }

    private func load(_ runID: String) throws(ReportError) -> RunData {
        let opened: Store
        do {
            opened = try store.store()
        } catch {
            throw .storeUnreadable(run: runID, reason: "\(error)")
        }
        return try RunData.load(opened, runID: runID)
    }

    /// How it ended, said in words.
    private func status(of summary: RunSummary) -> ProgramExit {
        if let error = summary.leftBehind {
            StandardError.print("netmachinery: \(error); then run: netmachinery cleanup")
        }
        if let signal = summary.interruption {
            let removed = summary.leftBehind == nil ? "everything was removed, " : ""
            StandardError.print(
                "netmachinery: interrupted by \(signal); \(removed)\(summary.completed == 1 ? "1 trial is" : "\(summary.completed) trials are") stored"
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
        guard !summary.isEmpty else {
            StandardError.print("netmachinery: nothing was measured: every trial was skipped; the report says why")
            return .trialsFailed
        }
        return summary.leftBehind == nil ? .done : .environmentLacks
    }
}
