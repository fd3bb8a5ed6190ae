import Contract
import Experiments
import Foundation
import LinuxHost
import Resources
import Results
import Statistics
import Testbed

/// One experiment on a bench, from its first row in the store to its last.
struct MeasuredRun: Sendable {
    let document: ResourceDocument
    let experiment: any Experiment
    let store: any RunArchive
    let options: RunOptions
    let observer: any RunObserver
    /// The needs that are not met here, each with the reason.
    var unmet: [Need: String] = [:]
    /// The run that this one goes on with.
    var resumption: Resumption?

    /// Runs it until it is done or interrupted, and removes what was made before this returns.
    ///
    /// `interruption` returns when a person or the system wants the run to end, with the signal's name. Trials that
    /// ended are in the store, whatever happens.
    func run(
        id runID: String,
        seed: UInt64,
        on bench: Bench,
        interruption: @escaping @Sendable () async -> String?
    ) async throws(RunError) -> RunSummary {
        try await begin(runID, seed, bench.testbed)
        let tally = TrialTally()
        let ending = await untilInterrupted(interruption) {
            try await measure(runID, seed, on: bench, tally)
        }
        var summary = RunSummary(runID: runID)
        summary.completed = tally.counts.completed
        summary.failures = tally.counts.failures
        if case .interrupted(let signal) = ending { summary.interruption = signal }
        summary.leftBehind = await bench.remove()
        try close(runID, ending, summary)
        if case .failed(let error) = ending { throw error }
        return summary
    }

    /// Runs it as a step of a scenario, on a testbed that is set up and stays so.
    ///
    /// `stop` returns when the step is to end, with why: ``endOfSteps`` is a good end, anything else an interruption. At a good end
    /// what stands comes to its own end with what it has, and a measurement under way is given up.
    func runStep(
        id runID: String,
        seed: UInt64,
        on testbed: any Testbed,
        holds: @escaping @Sendable () -> Void = {},
        ceases: @escaping @Sendable () -> Void = {},
        stop: @escaping @Sendable () async -> String?
    ) async throws(RunError) -> RunSummary {
        try await begin(runID, seed, testbed)
        let tally = TrialTally()
        let signals = TrialSignals(holds: holds, ceases: ceases)
        let experiment = experiment
        let interruption = { @Sendable () async -> String? in
            guard let word = await stop() else { return nil }
            guard word == Self.endOfSteps, experiment.isStanding else { return word }
            signals.earlyEnd.give(word)
            try? await Task.sleep(for: GracePeriods.standing)
            return Task.isCancelled ? nil : word
        }
        var ending = await untilInterrupted(interruption) {
            try await runTrials(runID, seed, on: testbed, tally, signals)
        }
        var summary = RunSummary(runID: runID)
        summary.completed = tally.counts.completed
        summary.failures = tally.counts.failures
        if case .interrupted(Self.endOfSteps) = ending { ending = .finished }
        if case .interrupted(let reason) = ending { summary.interruption = reason }
        try close(runID, ending, summary)
        if case .failed(let error) = ending { throw error }
        return summary
    }

    /// What ends a step that goes on in the background, when all others have ended.
    static let endOfSteps = "the end of the steps"

    // MARK: Begin and end

    func begin(_ runID: String, _ seed: UInt64, _ testbed: any Testbed) async throws(RunError) {
        let facts = await environment(testbed)
        if let resumption {
            try resumption.reopen(runID, facts)
            return
        }
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
                    labels: document.resource.metadata.labels.merging(options.labels) { _, given in given },
                    parent: options.parent
                )
            )
            try store.define(
                metrics: (experiment.metrics + MachineMetrics.all + ConditionMetrics.all).map { MetricRecord($0) })
            try store.recordEnvironment(runID: runID, facts)
        } catch {
            throw .storeFailed("\(error)")
        }
    }

    private func environment(_ testbed: any Testbed) async -> [String: String] {
        // A run in a kernel guest knows nothing of it; the process outside writes over these two.
        var facts = Facts.environment().merging(KernelFacts.host) { _, fact in fact }
        for more in [
            await testbed.facts(for: experiment.topology, Set(experiment.requirements.map(\.need))), experiment.facts,
            ["netmachinery.version": options.toolVersion],
        ] {
            facts.merge(more) { _, later in later }
        }
        return facts
    }

    func close(_ runID: String, _ ending: Ending, _ summary: RunSummary) throws(RunError) {
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

    // MARK: Measuring

    enum Ending: Sendable {
        case finished
        case interrupted(String)
        case failed(RunError)
    }

    private func measure(_ runID: String, _ seed: UInt64, on bench: Bench, _ tally: TrialTally) async throws {
        for event in try await bench.setUp(experiment.topology) {
            try store.event(EventRecord(runID: runID, name: event.name, detail: event.detail))
        }
        try await runTrials(runID, seed, on: bench.testbed, tally)
    }

    private func runTrials(
        _ runID: String, _ seed: UInt64, on testbed: any Testbed, _ tally: TrialTally,
        _ signals: TrialSignals = TrialSignals()
    ) async throws {
        let health = StandInHealth()
        let loop = TrialLoop(
            experiment,
            on: testbed,
            seed: seed,
            recorder: TrialRecorder(runID: runID, store: store, observer: observer, tally: tally),
            unmet: unmet,
            earlier: resumption?.trials ?? EarlierTrials(),
            health: health,
            signals: signals
        )
        let standIns: [PlacedCondition]
        do throws(TestbedError) {
            standIns = try await experiment.standIns(on: testbed)
        } catch {
            throw RunError.setUpFailed(error)
        }
        try await StandInHold(testbed: testbed, seed: seed, health: health).hold(standIns) {
            var loop = loop
            try await loop.run()
        }
    }

    func untilInterrupted(
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
