import LinuxHost
import Results

extension OwnerProcess {
    /// Who wrote a ledger entry.
    init(_ entry: LedgerEntry) {
        self.init(bootID: entry.bootID, pid: entry.ownerPID, start: entry.ownerStart)
    }
}
