import ArgumentParser
import Contract
import Coordinator
import LinuxHost
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

        /// Whether nothing failed, and all that is still there is in use.
        var isGood: Bool { failures.isEmpty && found.isEmpty }
    }

    func run() async throws {
        if let refusal = TestbedName.providers.compactMap(\.refusal).first {
            throw CommandFailure(.environmentLacks, "nothing can be removed: \(refusal)")
        }
        let orphans = TestbedName.providers.map { $0.endOrphans() }
        var report = try await cleanUp()
        report.removed.insert(contentsOf: orphans.flatMap(\.ended), at: 0)
        report.failures += orphans.flatMap(\.left)
        let inUse = Set(report.inUse.map(\.name))
        let outcome = Self.outcome(report, TestbedName.providers.map { $0.audit(leavingOut: inUse) })
        try output.print(outcome) { outcome in
            TextTable(
                [.init("what"), .init("item")],
                rows: outcome.removed.map { ["removed", $0] } + outcome.inUse.map { ["in use", $0] }
                    + outcome.endedRuns.map { ["marked as interrupted", "run \($0)"] }
                    + outcome.failures.map { ["could not remove", $0] } + outcome.found.map { ["still there", $0] }
            )
        }
        guard outcome.isGood else {
            throw CommandFailure(
                .environmentLacks,
                "something is still there; what this database's ledger does not know belongs to another --database"
            )
        }
        StandardError.print(outcome.inUse.isEmpty ? "nothing is left" : "what is there is in use")
    }

    /// What was done, and what the audits found beyond what somebody is using.
    static func outcome(_ report: CleanUp.Report, _ audits: [TestbedAudit]) -> Outcome {
        Outcome(
            removed: report.removed,
            inUse: report.inUse.map { "\($0.kind) \($0.name), of \($0.owner)" }
                + audits.flatMap { $0.living.sorted { $0.key < $1.key } }
                .map { "run \($0.key), of process \($0.value)" },
            failures: report.failures,
            endedRuns: report.endedRuns,
            found: audits.flatMap(\.findings)
        )
    }

    /// Without a database there is no ledger, and the audit has to do.
    private func cleanUp() async throws -> CleanUp.Report {
        guard database.exists else {
            StandardError.print("there is no database at \(database.path); looking for leftovers only")
            return CleanUp.Report()
        }
        return try await CleanUp(store: try database.open(), providers: TestbedName.providers).run()
    }
}
