import ArgumentParser
import Contract
import Coordinator
import Experiments
import LinuxHost
import Reports
import Resources
import Results
import Testbed

/// `netmachinery run`: measures what the files say, stores it, and draws it.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the resources in files, store the results, and write a report."
    )

    @Argument(help: "YAML files; several documents a file are run one after the other.", completion: .file())
    var files: [String] = []

    @Option(help: "Go on with a run that was interrupted or killed: its id, the beginning of one, or latest.")
    var resume: String?

    @Option(name: .long, help: "Where it runs: on this machine, in network namespaces.")
    var testbed: TestbedName = .local

    @Option(help: "A lab that is up: its nodes and pods are used, and stay; pods are called node0-pod0 and so on.")
    var lab: String?

    @Option(name: .customLong("set"), help: "Change a value of the resource: path=value. May be repeated.")
    var overrides: [String] = []

    @Option(help: "Exactly so many repetitions, instead of the resource's.")
    var repetitions: Int?

    @Option(help: "The seed of the order of trials; drawn when neither it nor the resource's is given.")
    var seed: UInt64?

    @Option(help: "A label k=v to find the run by. May be repeated.")
    var label: [String] = []

    @OptionGroup var kernel: KernelOptions

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The directory for pictures and the report.", completion: .directory)
    var plots = "plots"

    @Flag(help: "Print what would be done and how long it would take, and do nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let lab {
            guard TestbedName.isLab(lab) else {
                throw ValidationError("--lab \(lab): expected up to 12 lower-case letters and digits")
            }
            guard resume == nil, kernel.kernel != .guest else {
                throw ValidationError(
                    "--lab: a lab stands on this machine's kernel now; leave --resume and --kernel out")
            }
        }
        guard resume != nil else {
            guard !files.isEmpty else { throw ValidationError("Missing expected argument '<files> ...'") }
            return
        }
        guard files.isEmpty, overrides.isEmpty, repetitions == nil, seed == nil, label.isEmpty, !dryRun else {
            throw ValidationError(
                "--resume goes on with a run as it was; give no files, --set, --repetitions, --seed, --label or --dry-run"
            )
        }
    }

    func run() async throws {
        if let resume {
            try await goOn(with: resume)
            return
        }
        let options = RunOptions(seed: seed, labels: try Labels.parse(label), toolVersion: ProgramVersion.current)
        let overrides = try overrides + repetitionOverride()
        let documents = try ResourceFiles.read(files, overrides: overrides)
        if dryRun {
            try DryRun(documents: documents, options: options, output: output).print()
            return
        }
        if let runID = kernel.stream {
            try await stream(runID, documents, options)
            return
        }
        let store = database.onDemand
        Descendants.adoptOrphans()
        let interruption = Interruption.ofThisProcess()
        var reports: [RunReport] = []
        // A table that nobody can take is said at the end: what is still to be measured is stored all the same.
        var lostOutput: CommandFailure?
        for (index, document) in documents.enumerated() {
            let session = RunSession(
                document: document,
                options: options,
                store: store,
                // One report.html a directory: with several documents each gets its own.
                plots: documents.count == 1 ? plots : "\(plots)/\(document.resource.metadata.name)",
                interruption: interruption,
                provider: testbed.provider(inLab: lab),
                kernel: lab == nil ? kernel.kernel.choice : .host,
                guest: GuestArguments(files: files, overrides: overrides, labels: options.labels, index: index)
            )
            let report = await session.run()
            reports.append(report)
            if output.output == .table, lostOutput == nil {
                do throws(CommandFailure) {
                    try StandardOutput.print(report.table, terminator: "")
                } catch {
                    lostOutput = error
                }
            }
            if report.status == .interrupted { break }
        }
        if output.output == .json { try StandardOutput.print(JSONText.encode(reports)) }
        let status = ProgramExit.ofRuns(reports.map(\.status))
        guard status == .done else { throw CommandFailure(status, lostOutput?.message ?? "") }
        if let lostOutput { throw lostOutput }
    }

    /// The rest of a run, with its own id, seed and resource.
    private func goOn(with selector: String) async throws {
        let resumed = try ResumedRun(selector, in: try database.open())
        Descendants.adoptOrphans()
        let report = await RunSession(
            document: resumed.document,
            options: RunOptions(seed: resumed.run.seed, labels: [:], toolVersion: ProgramVersion.current),
            store: database.onDemand,
            plots: plots,
            interruption: Interruption.ofThisProcess(),
            provider: testbed.provider,
            kernel: kernel.kernel.choice,
            guest: GuestArguments(files: [], overrides: [], labels: [:], index: 0),
            resumed: resumed.run.id
        ).run()
        if output.output == .json { try StandardOutput.print(JSONText.encode([report])) }
        if output.output == .table { try StandardOutput.print(report.table, terminator: "") }
        guard report.status == .done else { throw CommandFailure(report.status, "") }
    }

    /// What a run in a kernel guest does inside.
    private func stream(_ runID: String, _ documents: [ResourceDocument], _ options: RunOptions) async throws {
        guard SortableID.isValid(runID), documents.indices.contains(kernel.document) else {
            throw CommandFailure(.badArguments, "--stream \(runID) --document \(kernel.document): there is no such run")
        }
        try await StreamSession(
            document: documents[kernel.document],
            runID: runID,
            options: options,
            provider: testbed.provider,
            interruption: Interruption.ofThisProcess()
        ).run()
    }

    /// `--repetitions` is a change of the resource, and is kept with it.
    private func repetitionOverride() throws(CommandFailure) -> [String] {
        guard let repetitions else { return [] }
        guard (1...1000).contains(repetitions) else {
            throw CommandFailure(.badArguments, "--repetitions \(repetitions): expected a number from 1 to 1000")
        }
        return ["spec.repetitions={minimum: \(repetitions), maximum: \(repetitions)}"]
    }
}
