import ArgumentParser
import Coordinator
import Experiments
import LocalTestbed
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
    var files: [String]

    @Option(name: .long, help: "Where it runs: on this machine, in network namespaces.")
    var testbed: TestbedName = .local

    @Option(name: .customLong("set"), help: "Change a value of the resource: path=value. May be repeated.")
    var overrides: [String] = []

    @Option(help: "Exactly so many repetitions, instead of the resource's.")
    var repetitions: Int?

    @Option(help: "The seed of the order of trials; drawn when neither it nor the resource's is given.")
    var seed: UInt64?

    @Option(help: "A label k=v to find the run by. May be repeated.")
    var label: [String] = []

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The directory for pictures and the report.", completion: .directory)
    var plots = "plots"

    @Flag(help: "Print what would be done and how long it would take, and do nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let options = try runOptions()
        let documents = try ResourceFiles.read(files, overrides: overrides)
        if dryRun {
            try DryRun(documents: documents, options: options, output: output).print()
            return
        }
        let store = try database.open()
        let interruption = Interruption()
        var worst = ExitStatus.done
        for document in documents {
            let session = RunSession(
                document: document,
                options: options,
                store: store,
                plots: plots,
                interruption: interruption
            )
            let status = try await session.run(output)
            worst = worst == .done ? status : worst
            if status == .interrupted { break }
        }
        if worst != .done { throw CommandFailure(worst) }
    }

    private func runOptions() throws -> RunOptions {
        if let repetitions, !(1...10_000).contains(repetitions) {
            throw CommandFailure(.badArguments, "--repetitions \(repetitions): expected a number from 1 to 10000")
        }
        return RunOptions(
            seed: seed,
            repetitions: repetitions,
            labels: try Labels.parse(label),
            toolVersion: ProgramVersion.current
        )
    }
}

/// The testbeds that there are.
enum TestbedName: String, CaseIterable, ExpressibleByArgument, Sendable {
    case local
}
