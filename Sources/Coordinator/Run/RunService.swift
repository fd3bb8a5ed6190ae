import Contract
import Experiments
import KernelGuest
public import Results
public import Testbed

/// Runs resources: what a command line and an operator both call.
///
/// Looks at what is needed and what is there, chooses the kernel, and has the run measured here or in a kernel guest.
public struct RunService: Sendable {
    private let provider: any TestbedProvider
    private let archive: any RunArchive
    private let store: any StoreSource
    private let observer: any RunObserver

    /// A service on one kind of testbed.
    ///
    /// - Parameters:
    ///   - archive: Where runs are written to.
    ///   - store: Where the ledger is.
    public init(
        provider: any TestbedProvider,
        archive: any RunArchive,
        store: any StoreSource,
        observer: any RunObserver
    ) {
        self.provider = provider
        self.archive = archive
        self.store = store
        self.observer = observer
    }

    /// Runs it until it is done or interrupted; what was made is removed before this returns.
    ///
    /// `interruption` returns when a person or the system wants the run to end, with the signal's name.
    public func run(
        _ order: RunOrder, interruption: @escaping @Sendable () async -> String?
    ) async throws(RunError) -> RunSummary {
        switch placement(of: order) {
        case .refused(let words): throw .missing([Shortcoming(what: words, wayOut: "or --kernel host")])
        case _ where order.resumes != nil && order.experiment is ScenarioExperiment:
            throw .cannotResume("it is a scenario, whose steps belong to one testbed from first to last")
        case .guest where order.resumes != nil:
            throw .cannotResume("it would move into a kernel guest, whose runs end with it")
        case .guest(let reason):
            observer.observe(.remark("moving into a kernel guest: \(reason)"))
            return try await runInGuest(order, interruption)
        case .host(let lacking):
            return try await runHere(order, lacking, interruption)
        }
    }

    private func placement(of order: RunOrder) -> KernelPlacement {
        // Nothing has to be tried when the answer changes nothing.
        let lacking = order.kernel == .guest ? [:] : provider.lacking(features(of: order))
        return KernelPlacement.decide(
            order.kernel,
            lacking: lacking,
            guest: lacking.isEmpty && order.kernel != .guest ? .missing("not looked for") : KernelPlacement.offer
        )
    }

    private func features(of order: RunOrder) -> Set<KernelFeature> {
        provider.kernelFeatures(of: order.experiment.topology, Set(order.experiment.requirements.map(\.need)))
    }

    // MARK: Here

    private func runHere(
        _ order: RunOrder, _ lacking: [KernelFeature: String], _ interruption: @escaping @Sendable () async -> String?
    ) async throws(RunError) -> RunSummary {
        let ledger = StoreLedger(store: store, runID: order.runID, testbed: provider.name)
        let testbed = provider.make(run: RunOrder.shortName(of: order.runID), ledger: ledger)
        let answers = await NeedAnswers(of: order.experiment.requirements, on: testbed)
        let missing =
            await testbed.shortcomings(for: order.experiment.topology) + answers.essential + order.alsoMissing
        guard missing.isEmpty else { throw .missing(missing) }
        var resumption: Resumption?
        if let difference = order.resumes {
            resumption = try Resumption(of: order.runID, in: store, difference: difference)
        }
        let bench = try Bench(testbed, run: order.runID, lockPath: order.options.lockPath, observer: observer)
        if let scenario = order.experiment as? ScenarioExperiment {
            return try await ScenarioRun(
                plan: scenario.plan, store: archive, options: order.options, observer: observer,
                unmet: answers.unmet(lacking)
            )
            .run(id: order.runID, seed: order.seed, on: bench, interruption: interruption)
        }
        return try await MeasuredRun(
            document: order.document,
            experiment: order.experiment,
            store: archive,
            options: order.options,
            observer: observer,
            unmet: answers.unmet(lacking),
            resumption: resumption
        )
        .run(id: order.runID, seed: order.seed, on: bench, interruption: interruption)
    }

    // MARK: In a kernel guest

    private func runInGuest(
        _ order: RunOrder, _ interruption: @escaping @Sendable () async -> String?
    ) async throws(RunError) -> RunSummary {
        guard let guest = order.guest else {
            throw .missing([
                Shortcoming(what: "this run cannot move into a kernel guest", wayOut: "give --kernel host")
            ])
        }
        let missing = order.alsoMissing + (provider.refusal.map { [$0] } ?? []) + guest.shortcomings
        guard missing.isEmpty else { throw .missing(missing) }
        let parts: GuestParts
        do {
            parts = try GuestParts.find()
        } catch {
            throw .missing([Shortcoming(what: "\(error)", wayOut: "or --kernel host")])
        }
        let plan = GuestPlan(
            runID: order.runID,
            directory: provider.directory(ofRun: RunOrder.shortName(of: order.runID)),
            parts: parts,
            request: guest.request(GuestPlan.modules(for: features(of: order), of: parts)),
            limits: GuestPlan.limits(for: order.experiment),
            lockPath: order.options.lockPath
        )
        return try await GuestRun(
            plan: plan,
            store: store,
            // Without the run's id: its row comes from inside, after the guest was booted.
            ledger: StoreLedger(store: store, runID: nil, testbed: provider.name),
            observer: observer
        ) { [provider] item throws(TestbedError) in
            try await provider.remove(item)
        }
        .run(interruption: interruption)
    }
}
