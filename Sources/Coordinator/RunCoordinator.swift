import Contract
public import Experiments
import Foundation
import LinuxHost
public import Resources
public import Results
import Statistics
public import Testbed

/// Takes one run from its resource to stored results: checks, set-up, trials in blocks, and removal of everything.
public struct RunCoordinator: Sendable {
    private let document: ResourceDocument
    private let experiment: any Experiment
    private let testbed: any Testbed
    private let store: any RunArchive
    private let options: RunOptions
    private let observer: any RunObserver

    /// A coordinator for one run.
    public init(
        document: ResourceDocument,
        experiment: any Experiment,
        testbed: any Testbed,
        store: any RunArchive,
        options: RunOptions,
        observer: any RunObserver
    ) {
        self.document = document
        self.experiment = experiment
        self.testbed = testbed
        self.store = store
        self.options = options
        self.observer = observer
    }

    /// The seed of the run: asked for on the command line, in the resource, or drawn.
    public static func seed(of experiment: any Experiment, options: RunOptions) -> UInt64 {
        options.seed ?? experiment.seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
    }

    /// Runs it until it is done or interrupted.
    ///
    /// `alsoMissing` is what the caller found missing for what comes afterwards. `interruption` returns when a person or the system wants the run to end, with the signal's name. Whatever happens, what was made is removed before this returns, and trials that ended are in the store.
    public func run(
        id runID: String,
        seed: UInt64,
        alsoMissing: [Shortcoming] = [],
        interruption: @escaping @Sendable () async -> String?
    ) async throws(RunError) -> RunSummary {
        let missing = await testbed.shortcomings(for: experiment.topology) + experiment.shortcomings() + alsoMissing
        guard missing.isEmpty else { throw .missing(missing) }
        let lock: MeasurementLock
        do {
            lock = try MeasurementLock(path: options.lockPath, run: runID)
        } catch {
            throw .busy(error)
        }
        defer { withExtendedLifetime(lock) {} }
        try await begin(runID, seed)

        let tally = TrialTally()
        let ending = await untilInterrupted(interruption) {
            try await measure(runID, seed, tally)
        }
        var summary = RunSummary(runID: runID)
        summary.completed = tally.counts.completed
        summary.failures = tally.counts.failures
        if case .interrupted(let signal) = ending { summary.interruption = signal }
        summary.leftBehind = await tearDown()
        try close(runID, ending, summary)
        if case .failed(let error) = ending { throw error }
        return summary
    }

    // MARK: Begin and end

    private func begin(_ runID: String, _ seed: UInt64) async throws(RunError) {
        let facts = await environment()
        do {
            try store.begin(
                RunRecord(
                    id: runID,
                    kind: type(of: document.resource).kind,
                    name: document.resource.metadata.name,
                    testbed: testbed.name,
                    seed: seed,
                    resource: document.canonicalJSON,
                    design: try Self.json(experiment.design),
                    toolVersion: options.toolVersion,
                    labels: document.resource.metadata.labels.merging(options.labels) { _, given in given }
                )
            )
            try store.define(metrics: (experiment.metrics + MachineMetrics.all).map { MetricRecord($0) })
            try store.recordEnvironment(runID: runID, facts)
        } catch {
            throw .storeFailed("\(error)")
        }
    }

    private func environment() async -> [String: String] {
        // A run in a kernel guest knows nothing of it; the process outside writes over these two.
        var facts = Facts.environment().merging(KernelFacts.host) { _, fact in fact }
        for more in [
            await testbed.facts(for: experiment.topology), await experiment.facts(),
            ["netmachinery.version": options.toolVersion],
        ] {
            facts.merge(more) { _, later in later }
        }
        return facts
    }

    private func close(_ runID: String, _ ending: Ending, _ summary: RunSummary) throws(RunError) {
        let outcome: RunOutcome
        switch ending {
        case .finished: outcome = summary.failed == 0 ? .completed : .trialsFailed
        case .interrupted: outcome = .interrupted
        case .failed: outcome = .failed
        }
        do {
            try store.finish(runID: runID, outcome: outcome)
        } catch {
            // The reason of a run that failed already is the better one to report.
            if case .failed = ending { return }
            throw .storeFailed("\(error)")
        }
    }

    /// In a task of its own, which is awaited: a cancelled one could run no program, and so no CNI DEL.
    private func tearDown() async -> TestbedError? {
        observer.observe(.tearingDown)
        return await Task { () -> TestbedError? in
            do throws(TestbedError) {
                try await testbed.tearDown()
                return nil
            } catch {
                return error
            }
        }.value
    }

    // MARK: Measuring

    private enum Ending: Sendable {
        case finished
        case interrupted(String)
        case failed(RunError)
    }

    private func measure(_ runID: String, _ seed: UInt64, _ tally: TrialTally) async throws {
        let topology = experiment.topology
        observer.observe(
            .settingUp(
                networks: topology.networks.map(\.name),
                pods: topology.networks.flatMap(\.podsOnNode).reduce(0, +)
            )
        )
        let failures: [TestbedError]
        do throws(TestbedError) {
            failures = try await testbed.setUp(topology)
        } catch {
            throw RunError.setUpFailed(error)
        }
        for failure in failures {
            observer.observe(.remark(failure.description))
            try store.event(EventRecord(runID: runID, name: "network failed", detail: failure.description))
        }
        for shared in await testbed.sharedAddresses() {
            observer.observe(.remark(shared.description))
            try store.event(EventRecord(runID: runID, name: "shared address", detail: shared.description))
        }
        var loop = TrialLoop(
            runID: runID,
            seed: seed,
            repetitions: experiment.repetitions,
            experiment: experiment,
            testbed: testbed,
            store: store,
            observer: observer,
            tally: tally,
            lacking: options.lacking
        )
        try await loop.run()
    }

    private func untilInterrupted(
        _ interruption: @escaping @Sendable () async -> String?,
        _ body: @escaping @Sendable () async throws -> Void
    ) async -> Ending {
        await withTaskGroup(of: Ending?.self) { group in
            group.addTask {
                do {
                    try await body()
                    return .finished
                } catch is CancellationError {
                    return nil
                } catch let error as RunError {
                    if case .setUpFailed(let cause) = error, cause.code == .cancelled { return nil }
                    return .failed(error)
                } catch let error as StoreError {
                    return .failed(.storeFailed("\(error)"))
                } catch {
                    return .failed(.failed("\(error)"))
                }
            }
            group.addTask {
                guard let signal = await interruption() else { return nil }
                return .interrupted(signal)
            }
            var ending: Ending?
            while ending == nil, let next = await group.next() {
                ending = next
                // Without an ending the body was cancelled from outside; the signal that caused it may still come.
                if Task.isCancelled { break }
            }
            group.cancelAll()
            await group.waitForAll()
            return ending ?? .interrupted("cancelled")
        }
    }

    private static func json(_ design: Design) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(design), as: UTF8.self)
    }
}
