import ArgumentParser
import Coordinator
import Foundation
import LocalTestbed
import Testbed

/// `netmachinery cleanup`: removes what killed runs left, and looks whether anything is there still.
struct CleanupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cleanup",
        abstract: "Remove what the ledger says was left behind, and audit that nothing is."
    )

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    struct Outcome: Encodable {
        let removed: [String]
        let inUse: [String]
        let failures: [String]
        let endedRuns: [String]
        let found: [String]
    }

    func run() async throws {
        guard LocalTestbed.isPermitted else {
            throw CommandFailure(.environmentLacks, "removing namespaces needs root; run it with sudo")
        }
        let report = try await cleanUp()
        let outcome = Outcome(
            removed: report.removed,
            inUse: report.inUse.map { "\($0.kind) \($0.name), of \($0.owner)" },
            failures: report.failures,
            endedRuns: report.endedRuns,
            found: LocalAudit.look().without(Set(report.inUse.map(\.name))).findings
        )
        try output.print(outcome) { outcome in
            TextTable(
                [.init("what"), .init("item")],
                rows: outcome.removed.map { ["removed", $0] } + outcome.inUse.map { ["in use", $0] }
                    + outcome.endedRuns.map { ["marked as interrupted", "run \($0)"] }
                    + outcome.failures.map { ["could not remove", $0] } + outcome.found.map { ["still there", $0] }
            )
        }
        guard outcome.failures.isEmpty, outcome.found.isEmpty else {
            throw CommandFailure(
                .environmentLacks,
                "something is still there; what this database's ledger does not know belongs to another --database"
            )
        }
        StandardError.print(outcome.inUse.isEmpty ? "nothing is left" : "what is there is in use")
    }

    /// Without a database there is no ledger, and the audit has to do.
    private func cleanUp() async throws -> CleanUp.Report {
        guard FileManager.default.fileExists(atPath: database.path) else {
            StandardError.print("there is no database at \(database.path); looking for leftovers only")
            return CleanUp.Report()
        }
        let remover = LocalRemover(pluginDirectories: PluginPath.current)
        return try await CleanUp(store: try database.open()) { item throws(TestbedError) in
            try await remover.remove(item)
        }.run()
    }
}
