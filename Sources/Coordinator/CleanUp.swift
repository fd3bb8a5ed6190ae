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
        /// Its name.
        public let name: String
        /// Whose it is, such as `the lab lab`.
        public let owner: String
    }

    private let store: Store
    private let lockPath: String
    private let remove: @Sendable (LedgerItem) async throws(TestbedError) -> Void

    /// A clean-up of this store's ledger, with something that removes items.
    public init(
        store: Store,
        lockPath: String = RunOptions.defaultLockPath,
        remove: @escaping @Sendable (LedgerItem) async throws(TestbedError) -> Void
    ) {
        self.store = store
        self.lockPath = lockPath
        self.remove = remove
    }

    /// Removes, last first, what no living process owns; labs stay, since they are meant to outlive their command.
    public func run() async throws -> Report {
        var report = Report()
        for entry in try store.ledgerEntries().sorted(by: { $0.id > $1.id }) {
            let detail = LedgerDetail.decode(entry.detail)
            if let lab = detail[StoreLedger.labKey], OwnerProcess(entry).isFromThisBoot {
                report.inUse.append(Owned(kind: entry.kind, name: entry.name, owner: "the lab \(lab)"))
            } else if OwnerProcess(entry).isAlive {
                report.inUse.append(Owned(kind: entry.kind, name: entry.name, owner: "process \(entry.ownerPID)"))
            } else {
                await settle(entry, detail, &report)
            }
        }
        report.endedRuns = try endDeadRuns()
        return report
    }

    /// Removes everything of a lab.
    public func takeDown(lab: String) async throws -> Report {
        var report = Report()
        for entry in try store.ledgerEntries().sorted(by: { $0.id > $1.id }) {
            let detail = LedgerDetail.decode(entry.detail)
            guard detail[StoreLedger.labKey] == lab else { continue }
            await settle(entry, detail, &report)
        }
        return report
    }

    private func settle(_ entry: LedgerEntry, _ detail: [String: String], _ report: inout Report) async {
        let label = "\(entry.kind) \(entry.name)"
        guard let kind = LedgerItem.Kind(rawValue: entry.kind) else {
            report.failures.append("\(label): this program does not know this kind; use the version that made it")
            return
        }
        do {
            // A boot since then took namespaces and /run with it; what has the same name now is somebody else's.
            if OwnerProcess(entry).isFromThisBoot {
                try await remove(LedgerItem(kind: kind, name: entry.name, detail: detail))
                report.removed.append(label)
            }
            try store.close(entryID: entry.id)
        } catch {
            report.failures.append("\(label): \(error)")
        }
    }

    /// A run without an end whose process is gone was killed.
    private func endDeadRuns() throws -> [String] {
        var ended: [String] = []
        for run in try store.runs(matching: RunFilter(outcome: .running)) {
            guard let lock = try? MeasurementLock(path: lockPath, holder: "clean-up") else { break }
            try store.finish(runID: run.id, outcome: .interrupted)
            withExtendedLifetime(lock) { ended.append(run.id) }
        }
        return ended
    }
}
