import ArgumentParser
import Contract
import Coordinator
import LocalTestbed
import Quantities
import Testbed

/// `netmachinery lab down`: removes a lab and everything that runs in it.
struct LabDownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "down", abstract: "Take a lab down.")

    @OptionGroup var lab: LabOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        guard LocalTestbed.isPermitted else {
            throw CommandFailure(.environmentLacks, "removing namespaces needs root; run it with sudo")
        }
        let report = try await takeDown()
        guard report.failures.isEmpty else {
            throw CommandFailure(.environmentLacks, report.failures.map(VisibleText.line).joined(separator: "\n"))
        }
        let left = LocalAudit.look(run: lab.run)
        guard left.isClean else {
            throw CommandFailure(
                .environmentLacks,
                "still there, and not in this ledger; was it made with another --database?\n"
                    + left.findings.joined(separator: "\n")
            )
        }
        let count = report.removed.count
        StandardError.print(count == 0 ? "there is no lab \(lab.name)" : "removed \(count) items")
    }

    /// Without a database there is no ledger, and none is made to find that out.
    private func takeDown() async throws -> CleanUp.Report {
        guard database.exists else { return CleanUp.Report() }
        return try await CleanUp(store: try database.open(), providers: TestbedName.providers).takeDown(lab: lab.name)
    }
}
