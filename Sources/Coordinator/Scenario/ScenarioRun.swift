import Contract
import Experiments
import Resources
import Results
import Testbed

/// A scenario on a bench, from its first row in the store to its last: cell by cell, block by block.
///
/// Its own run has a trial for each step, whose findings are the expectations; what was measured is in the steps' runs.
struct ScenarioRun: Sendable {
    let plan: ScenarioPlan
    let store: any RunArchive
    let options: RunOptions
    let observer: any RunObserver
    /// The needs that are not met here, each with the reason.
    var unmet: [Need: String] = [:]

    /// Runs it until it is done or interrupted; the last steps are run whatever happens, and what was made is removed.
    func run(
        id runID: String,
        seed: UInt64,
        on bench: Bench,
        interruption: @escaping @Sendable () async -> String?
    ) async throws(RunError) -> RunSummary {
        let row = MeasuredRun(
            document: plan.document, experiment: ScenarioExperiment(plan), store: store, options: options,
            observer: observer)
        try await row.begin(runID, seed, bench.testbed)
        let (tally, signal) = (TrialTally(), EndSignal())
        let ending = await withTaskGroup(of: MeasuredRun.Ending?.self) { group in
            group.addTask {
                if let word = await interruption() { signal.give(word) }
                return nil
            }
            group.addTask { await carryOut(row, runID, seed, bench, tally, signal) }
            var ending: MeasuredRun.Ending?
            while ending == nil, let next = await group.next() { ending = next }
            group.cancelAll()
            return ending ?? .interrupted("cancelled")
        }
        var summary = RunSummary(runID: runID)
        summary.completed = tally.counts.completed
        summary.failures = tally.counts.failures
        if case .interrupted(let word) = ending { summary.interruption = word }
        summary.leftBehind = await bench.remove()
        try row.close(runID, ending, summary)
        if case .failed(let error) = ending { throw error }
        return summary
    }

    private func carryOut(
        _ row: MeasuredRun, _ runID: String, _ seed: UInt64, _ bench: Bench, _ tally: TrialTally, _ signal: EndSignal
    ) async -> MeasuredRun.Ending {
        let setUp = await row.untilInterrupted({ await signal.wait() }) {
            for event in try await bench.setUp(plan.topology) {
                try store.event(EventRecord(runID: runID, name: event.name, detail: event.detail))
            }
        }
        guard case .finished = setUp else { return setUp }
        do {
            try await runCells(runID, seed, bench.testbed, tally, signal)
        } catch let error as RunError {
            return .failed(error)
        } catch let error as StoreError {
            return .failed(.storeFailed("\(error)"))
        } catch {
            return .failed(.failed("\(error)"))
        }
        return signal.word.map { .interrupted($0) } ?? (Task.isCancelled ? .interrupted("cancelled") : .finished)
    }

    private func runCells(
        _ runID: String, _ seed: UInt64, _ testbed: any Testbed, _ tally: TrialTally, _ signal: EndSignal
    ) async throws {
        let gate = LeftoverGate(testbed, plan.topology)
        var spoiled: String?
        for block in 1...plan.scenario.spec.blocks {
            for cell in plan.order(ofBlock: block, seed: seed) {
                guard signal.word == nil, !Task.isCancelled else { return }
                let run = CellRun(
                    plan: plan, store: store, options: options, observer: observer, unmet: unmet, runID: runID,
                    seed: seed,
                    testbed: testbed, gate: gate, tally: tally, signal: signal, block: block, cell: cell)
                if let spoiled {
                    try run.skip(plan.scenario.spec.steps, spoiled)
                } else {
                    spoiled = try await run.run()
                }
            }
        }
    }
}
