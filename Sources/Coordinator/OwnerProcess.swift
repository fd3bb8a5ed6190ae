import Glibc
import LinuxHost
import Results

/// Who made something: a process that can be told from a later one with the same pid, on a boot that can be told from others.
struct OwnerProcess: Sendable, Equatable {
    let bootID: String
    let pid: Int32
    let start: UInt64

    static var current: OwnerProcess {
        let pid = getpid()
        return OwnerProcess(bootID: Boot.identifier, pid: pid, start: ProcessStatus.startTime(of: pid) ?? 0)
    }

    /// Whether that very process is still running.
    var isAlive: Bool { isFromThisBoot && ProcessStatus.startTime(of: pid) == start }

    /// Whether the machine has not been started anew since, which would have taken every namespace with it.
    var isFromThisBoot: Bool { bootID == Boot.identifier }
}

extension OwnerProcess {
    /// Who wrote a ledger entry.
    init(_ entry: LedgerEntry) {
        self.init(bootID: entry.bootID, pid: entry.ownerPID, start: entry.ownerStart)
    }
}
