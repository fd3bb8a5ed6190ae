import LinuxHost
public import Results
public import Testbed

/// Strikes off the ledger what dead runs left behind.
public struct CleanUp: Sendable {
    /// What a clean-up did.
    public struct Report: Sendable, Equatable {
        /// What was removed, such as `namespace nm-…`.
        public var removed: [String] = []
        /// What belongs to a lab or to a run that is still going, and was left alone.
        public var inUse: [Owned] = []
        /// What could not be removed, with the reason.
        public var failures: [String] = []
        /// Nothing to say.
        public init() {}

        /// Runs that were marked as interrupted because their process is gone.
        public var endedRuns: [String] = []
    }

    /// Something that was left alone, and whose it is.
    public struct Owned: Sendable, Equatable {
        /// What it is, such as `namespace`.
        public let kind: String
        /// The name, path or number under which the ledger or the audit has it.
        public let name: String
        /// Whose it is, such as `the lab lab`.
        public let owner: String
    }

    private let store: Store
    private let lockPath: String
    private let providers: [any TestbedProvider]

    /// A clean-up of this store's ledger, by the testbeds that made what is in it.
    public init(
        store: Store,
        lockPath: String = RunOptions.defaultLockPath,
        providers: [any TestbedProvider]
    ) {
        self.store = store
        self.lockPath = lockPath
        self.providers = providers
    }

    /// Removes, last first, what no living process owns; labs stay, since they are meant to outlive their command.
    public func run() async throws -> Report {
        var report = Report()
        let entries = try store.ledgerEntries().sorted(by: { $0.id > $1.id })
        // First, while the ledger still tells who made things: a clean-up may be killed, too.
        try endDeadRuns(entries, &report)
        for entry in entries {
            let detail = LedgerDetail(text: entry.detail)
            if let lab = detail.lab, OwnerProcess(entry).isFromThisBoot {
                report.inUse.append(Owned(kind: entry.kind, name: entry.name, owner: "the lab \(lab)"))
            } else if OwnerProcess(entry).isAlive {
                report.inUse.append(Owned(kind: entry.kind, name: entry.name, owner: "process \(entry.ownerPID)"))
            } else {
                await settle(entry, detail, &report)
            }
        }
        return report
    }

    /// Removes everything of a lab.
    public func takeDown(lab: String) async throws -> Report {
        var report = Report()
        for entry in try store.ledgerEntries().sorted(by: { $0.id > $1.id }) {
            let detail = LedgerDetail(text: entry.detail)
            guard detail.lab == lab else { continue }
            await settle(entry, detail, &report)
        }
        return report
    }

    private func settle(_ entry: LedgerEntry, _ detail: LedgerDetail, _ report: inout Report) async {
        let label = "\(entry.kind) \(entry.name)"
        guard let kind = LedgerItem.Kind(rawValue: entry.kind) else {
            report.failures.append("\(label): this program does not know this kind; use the version that made it")
            return
        }
        guard let provider = providers.first(where: { $0.name == detail.testbed }) else {
            report.failures.append("\(label): there is no testbed \(detail.testbed) here; use the version that made it")
            return
        }
        do {
            // A boot since then took namespaces and /run with it; what has the same name now is somebody else's.
            if OwnerProcess(entry).isFromThisBoot {
                try await provider.remove(LedgerItem(kind: kind, name: entry.name, detail: detail.item))
                report.removed.append(label)
            }
            try store.close(entryID: entry.id)
        } catch {
            report.failures.append("\(label): \(error)")
        }
    }

    /// A run without an end whose process is gone was killed.
    ///
    /// Whoever measures holds the lock, so a run is over when the lock is free or another run's; and, whoever holds it,
    /// when its own process is known, by the ledger or by the lock's file, and dead.
    private func endDeadRuns(_ entries: [LedgerEntry], _ report: inout Report) throws {
        for run in try store.runs(matching: RunFilter(outcome: .running)) {
            // What a step uses is its scenario's: its lock, and everything on the ledger.
            let holder = run.parent?.id ?? run.id
            let owners = entries.filter { $0.runID == holder }.map { OwnerProcess($0) }
            if owners.contains(where: \.isAlive) { continue }
            // Held while it is written: the next run must not begin in between.
            let lock = try? MeasurementLock(path: lockPath, holder: "clean-up")
            defer { withExtendedLifetime(lock) {} }
            guard lock != nil || !owners.isEmpty || isKnownToBeOver(holder) else {
                report.inUse.append(Owned(kind: "run", name: run.id, owner: lockOwner(of: holder)))
                continue
            }
            try store.finish(runID: run.id, outcome: .interrupted)
            report.endedRuns.append(run.id)
        }
    }

    /// Whether the lock, which somebody holds, is another run's, or was last taken by this run in a process that is
    /// dead.
    private func isKnownToBeOver(_ run: String) -> Bool {
        guard let holder = MeasurementLock.lastHolder(path: lockPath), let owner = holder.owner,
            let measured = holder.run
        else { return false }
        return measured == run ? !owner.isAlive : owner.isAlive
    }

    private func lockOwner(of run: String) -> String {
        if let holder = MeasurementLock.lastHolder(path: lockPath), holder.run == run, let owner = holder.owner {
            return "process \(owner.pid)"
        }
        return "nobody or of whoever holds \(lockPath): clean up again when that is free"
    }
}
