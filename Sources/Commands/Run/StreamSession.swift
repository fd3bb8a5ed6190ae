import Contract
import Coordinator
import Experiments
import Foundation
import Resources
import Results
import Testbed

/// One document inside a kernel guest: what is to be stored goes to standard output, and the process outside stores it.
struct StreamSession {
    let document: ResourceDocument
    let runID: String
    let options: RunOptions
    let provider: any TestbedProvider
    let interruption: Interruption

    /// Where the ledger is; it goes with the guest, as everything else that is made in it.
    private static let ledgerPath = "/run/netmachinery-guest/ledger.sqlite"

    func run() async throws(CommandFailure) {
        let experiment = try RunSession.experiment(of: document)
        let ledger: Store
        do {
            ledger = try Store.open(at: Self.ledgerPath)
        } catch {
            throw CommandFailure(.environmentLacks, "\(error)")
        }
        let order = RunOrder(
            runID: runID, document: document, experiment: experiment, seed: options.seed(of: experiment),
            options: options)
        let service = RunService(
            provider: provider,
            archive: ArchiveStream(descriptor: STDOUT_FILENO),
            store: ledger,
            observer: ProgressLine()
        )
        let summary: RunSummary
        do throws(RunError) {
            summary = try await service.run(order) { [interruption] in await interruption.wait() }
        } catch {
            throw CommandFailure(.environmentLacks, error.description)
        }
        let status = Self.status(of: summary)
        guard status == .done else { throw CommandFailure(status) }
    }

    /// What the process outside the guest reads from the end of this one.
    static func status(of summary: RunSummary) -> ProgramExit {
        if summary.interruption != nil { return .interrupted }
        return summary.failed > 0 || summary.isEmpty ? .trialsFailed : .done
    }
}
