import Foundation
import LinuxHost
public import Results
public import Testbed

/// The ledger in the store: an entry for each thing a run has made, with who made it.
public struct StoreLedger: Ledger {
    private let store: any StoreSource
    private let runID: String?
    private let lab: String?
    private let testbed: String

    /// The ledger of a run, or of a lab, which belongs to no run and outlives the command that made it.
    public init(store: any StoreSource, runID: String?, testbed: String, lab: String? = nil) {
        self.testbed = testbed
        self.store = store
        self.runID = runID
        self.lab = lab
    }

    /// Writes an entry and returns when it is in the file.
    public func open(_ item: LedgerItem) throws(TestbedError) -> LedgerToken {
        do {
            let owner = OwnerProcess.current
            return LedgerToken(
                number: try store.store().open(
                    LedgerEntry(
                        runID: runID,
                        kind: item.kind.rawValue,
                        name: item.name,
                        detail: try LedgerDetail(testbed: testbed, lab: lab, item: item.detail).text(),
                        bootID: owner.bootID,
                        ownerPID: owner.pid,
                        ownerStart: owner.start
                    )
                )
            )
        } catch {
            throw TestbedError(
                operation: "write to the ledger that there will be",
                object: "\(item.kind.rawValue) \(item.name)",
                cause: "\(error)",
                nextStep: "nothing was made; see that the database can be written"
            )
        }
    }

    /// Strikes an entry off.
    ///
    /// A full disk must not keep things from being removed, and removal is idempotent.
    public func close(_ token: LedgerToken) {
        try? store.store().close(entryID: token.number)
    }
}
