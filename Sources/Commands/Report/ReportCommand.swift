public import ArgumentParser
import Contract
public import Reports
import Results

/// `netmachinery report`: writes stored runs down once more.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a report of stored runs.",
        discussion: """
            A run is named by its id, the beginning of its id, a label k=v (its latest run), or "latest". \
            html writes pictures and report.html into --plots; the other formats are printed.
            """
    )

    @Argument(help: "The runs.")
    var runs: [String]

    @Option(help: "The report's format: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: ReportFormat = .html

    @Option(help: "The directory for pictures and the report.", completion: .directory)
    var plots = "plots"

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard format != .html || runs.count == 1 else {
            throw ValidationError("--format html writes one report.html: name one run, with a --plots of its own")
        }
    }

    func run() async throws {
        let store = try database.openExisting()
        var loaded: [RunData] = []
        for run in runs { loaded.append(try RunLookup.load(run, from: store)) }
        guard format == .html else {
            try StandardOutput.print(Report.render(format, loaded), terminator: "")
            return
        }
        for run in loaded {
            let paths: [String]
            do throws(ReportError) {
                paths = try await ReportWriter.write(run: run, plots: plots).all
            } catch {
                throw CommandFailure(.environmentLacks, "\(error)")
            }
            try StandardOutput.print(paths.joined(separator: "\n"))
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}
