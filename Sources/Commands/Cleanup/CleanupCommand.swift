import ArgumentParser
import Coordinator
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
        let store = try database.open()
        let remover = LocalRemover(pluginDirectories: PluginPath.current)
        let report = try await CleanUp(store: store) { item throws(TestbedError) in try await remover.remove(item) }
            .run()
        let outcome = Outcome(
            removed: report.removed,
            inUse: report.inUse,
            failures: report.failures,
            endedRuns: report.endedRuns,
            found: report.inUse.isEmpty ? LocalAudit.look().findings : []
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
        if outcome.inUse.isEmpty { StandardError.print("nothing is left") }
    }
}
