public import Results
public import Testbed

/// Takes one run through a kernel guest: boots it, stores what the program inside tells as it comes, and removes it.
public struct GuestRun: Sendable {
    private let plan: GuestPlan
    private let store: any StoreSource
    private let ledger: any Ledger
    private let execute: GuestExecution.Run
    private let remove: @Sendable (LedgerItem) async throws(TestbedError) -> Void
    private let observer: any RunObserver

    /// A run that is stored in `store`, with something that removes what it made.
    public init(
        plan: GuestPlan,
        store: any StoreSource,
        ledger: any Ledger,
        observer: any RunObserver,
        remove: @escaping @Sendable (LedgerItem) async throws(TestbedError) -> Void
    ) {
        self.init(
            plan: plan, store: store, ledger: ledger, observer: observer, execute: GuestExecution.run, remove: remove)
    }

    init(
        plan: GuestPlan,
        store: any StoreSource,
        ledger: any Ledger,
        observer: any RunObserver,
        execute: @escaping GuestExecution.Run,
        remove: @escaping @Sendable (LedgerItem) async throws(TestbedError) -> Void
    ) {
        self.execute = execute
        self.plan = plan
        self.store = store
        self.ledger = ledger
        self.observer = observer
        self.remove = remove
    }

    /// Runs it until its command has ended, or the guest has.
    ///
    /// Trials are stored as they are announced, so a guest that dies costs the trial under way. `interruption` returns
    /// when the run is to end, with the signal's name; the program inside then ends it in its own way.
    public func run(interruption: @escaping @Sendable () async -> String?) async throws(RunError) -> RunSummary {
        let lock: MeasurementLock
        do {
            lock = try MeasurementLock(path: plan.lockPath, run: plan.runID)
        } catch {
            throw .busy(error)
        }
        defer { withExtendedLifetime(lock) {} }
        let item = LedgerItem(kind: .guest, name: plan.directory)
        let token: LedgerToken
        do {
            token = try ledger.open(item)
        } catch {
            throw .setUpFailed(error)
        }
        let progress = GuestProgress(of: plan.runID)
        let ending = await ending(progress, interruption)
        let leftBehind = await removal(of: item, token)
        return try conclude(ending, progress, leftBehind)
    }

    private func ending(
        _ progress: GuestProgress,
        _ interruption: @escaping @Sendable () async -> String?
    ) async -> Result<Int32, any Error> {
        do {
            let code = try await execute(
                plan,
                observer,
                {
                    guard let signal = await interruption() else { return false }
                    progress.interrupt(by: signal)
                    return true
                },
                { [store] line in
                    try line.apply(to: store.store())
                    progress.take(line)
                }
            )
            return .success(code)
        } catch {
            return .failure(error)
        }
    }

    /// In a task of its own, which is awaited, as in the coordinator: a cancelled one could not wait for a process.
    private func removal(of item: LedgerItem, _ token: LedgerToken) async -> TestbedError? {
        await Task { () -> TestbedError? in
            do throws(TestbedError) {
                try await remove(item)
                ledger.close(token)
                return nil
            } catch {
                return error
            }
        }.value
    }

    private func conclude(
        _ ending: Result<Int32, any Error>,
        _ progress: GuestProgress,
        _ leftBehind: TestbedError?
    ) throws(RunError) -> RunSummary {
        let state = progress.state
        var summary = RunSummary(runID: plan.runID)
        summary.completed = state.completed
        summary.failures = state.failures
        summary.interruption = state.signal
        summary.leftBehind = leftBehind
        let failure: RunError?
        switch ending {
        // Done, trials failed, and interrupted are the ends that a run of ours has.
        case .success(0), .success(4): failure = nil
        case .success(let code):
            failure = state.signal == nil ? .failed("in the kernel guest, with exit status \(code); see above") : nil
        case .failure(let error as StoreError): failure = .storeFailed("\(error)")
        case .failure(let error): failure = state.signal == nil ? .failed("\(error)") : nil
        }
        do {
            try close(state, failure)
        } catch {
            throw failure ?? .storeFailed("\(error)")
        }
        if let failure { throw failure }
        return summary
    }

    /// A run whose end was not told gets one here, with the reason.
    private func close(_ state: GuestProgress.State, _ failure: RunError?) throws(StoreError) {
        guard state.hasBegun, !state.hasEnded else { return }
        if let failure {
            try store.store().event(EventRecord(runID: plan.runID, name: "kernel guest failed", detail: "\(failure)"))
        }
        let outcome: RunOutcome = state.signal == nil ? .failed : .interrupted
        for step in try store.store().runs(matching: RunFilter(outcome: .running, parent: plan.runID)) {
            try store.store().finish(runID: step.id, outcome: outcome)
        }
        try store.store().finish(runID: plan.runID, outcome: outcome)
    }
}
