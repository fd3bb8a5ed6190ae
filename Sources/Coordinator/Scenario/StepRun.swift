import Contract
import Experiments
import Resources
import Results
import Testbed

/// One step in one cell: waits for what it waits for, is measured in a run of its own, and ends when it has to.
struct StepRun: Sendable {
    /// What ends a step before it is done.
    enum Role: Sendable, Equatable {
        /// The end of all stages, which is a good end.
        case background
        /// An interruption.
        case stage
        /// Some time after an interruption, since it has to be run all the same.
        case last
    }

    let step: Scenario.Step
    let role: Role
    let cell: CellRun

    /// How long the last steps may take after an interruption, each.
    private static let lastWill = Duration.seconds(60)
    private static let outOfTime = "the end of its time"

    func run() async throws -> StepEnd {
        if let reason = await reasonNotToBegin() { return notBegun(reason) }
        let startedAt = Timestamp.now()
        cell.board.start(step.name)
        guard let work = step.work, let experiment = cell.plan.experiment(of: step, cell: cell.cell) else {
            cell.board.hold(step.name)
            cell.board.end(step.name, well: true)
            return StepEnd(outcome: .completed, startedAt: startedAt, endedAt: .now())
        }
        let results = cell.results[step.name] ?? StepResults()
        let id = SortableID.make()
        do throws(RunError) {
            let summary = try await MeasuredRun(
                document: work.document(ofCell: cell.cell),
                experiment: experiment,
                store: StepArchive(archive: cell.store, results: results),
                options: options,
                observer: StepObserver(
                    step: step.name, observer: cell.observer, isEndless: role == .background),
                unmet: cell.unmet
            )
            .runStep(
                id: id, seed: seed(experiment), on: cell.testbed, holds: { cell.board.hold(step.name) },
                ceases: { cell.board.cease(step.name) }, stop: whenToStop)
            return ended(summary, results, startedAt)
        } catch {
            results.end("failed")
            cell.board.end(step.name, well: false)
            // Without a store nothing that follows could be kept.
            if case .storeFailed = error { throw error }
            return StepEnd(
                outcome: .failed, reason: "\(step.name): \(error)", runID: id, startedAt: startedAt, endedAt: .now())
        }
    }

    private var options: RunOptions {
        var options = cell.options
        options.parent = RunParent(id: cell.runID, step: step.name)
        for level in cell.plan.cells[cell.cell].levels { options.labels[level.factor] = level.level.text }
        if cell.plan.scenario.spec.blocks > 1 { options.labels["block"] = "\(cell.block)" }
        return options
    }

    /// The resource's own seed, or one that comes from the scenario's, the block, the cell and the step alone.
    private func seed(_ experiment: any Experiment) -> UInt64 {
        let variant = cell.plan.variant(of: step.name, in: cell.plan.cells[cell.cell])
        // The half that JSON and every reader of it keep exactly.
        return experiment.seed ?? TrialSeed.of(run: cell.seed, block: cell.block, turn: variant.key) >> 32
    }

    // MARK: Begin

    /// Waits for the other steps; why this one cannot begin, or nil when it can.
    private func reasonNotToBegin() async -> NotBegun? {
        let waits = step.waits.map { ($0.step, $0.condition) } + step.during.map { ($0, .holding) }
        for (other, condition) in waits {
            switch await answer(other, condition) {
            case .reached: continue
            case .never:
                return NotBegun(reason: "\(other) never was \(condition.rawValue), which \(step.name) waited for")
            case .cancelled: return NotBegun(reason: "interrupted", isInterrupted: true)
            }
        }
        for other in step.during where cell.board.isTrue(.ceased, of: other) {
            return NotBegun(reason: "\(other) had ended already, and \(step.name) is measured while it holds")
        }
        if role != .last, cell.signal.word != nil { return NotBegun(reason: "interrupted", isInterrupted: true) }
        return nil
    }

    private struct NotBegun {
        let reason: String
        var isInterrupted = false
    }

    private func answer(_ other: String, _ condition: Scenario.StepCondition) async -> StepBoard.Answer {
        await withTaskGroup(of: StepBoard.Answer.self) { group in
            group.addTask { await cell.board.wait(for: .condition(condition), of: other) }
            group.addTask {
                _ = await cell.signal.wait()
                return .cancelled
            }
            let first = await group.next() ?? .cancelled
            group.cancelAll()
            return first
        }
    }

    private func notBegun(_ reason: NotBegun) -> StepEnd {
        cell.results[step.name]?.end(StepEnd.skipped)
        cell.board.end(step.name, well: false)
        let now = Timestamp.now()
        return StepEnd(
            outcome: .skipped, reason: reason.reason, isInterrupted: reason.isInterrupted, startedAt: now, endedAt: now)
    }

    // MARK: End

    /// Returns when the step has to end, with why.
    private func whenToStop() async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask {
                guard let word = await cell.signal.wait() else { return nil }
                guard role == .last else { return word }
                do {
                    try await Task.sleep(for: Self.lastWill)
                    return Self.outOfTime
                } catch {
                    return nil
                }
            }
            if role == .background { group.addTask { await cell.stagesOver.wait() } }
            for other in step.during {
                group.addTask {
                    await cell.board.wait(for: .ceased, of: other) == .reached ? Self.ended(other) : nil
                }
            }
            var word: String?
            while word == nil, let next = await group.next() { word = next }
            group.cancelAll()
            return word
        }
    }

    private static func ended(_ other: String) -> String { "\(other) ended" }

    private func ended(_ summary: RunSummary, _ results: StepResults, _ startedAt: Timestamp) -> StepEnd {
        var end = StepEnd(outcome: .completed, runID: summary.runID, startedAt: startedAt, endedAt: .now())
        let reason = results.state.trials.first { $0.outcome != .completed }?.reason ?? "no reason is known"
        var word = "completed"
        if let interruption = summary.interruption {
            word = "interrupted"
            if let other = step.during.first(where: { Self.ended($0) == interruption }) {
                end.outcome = .invalid
                end.reason = "\(other) ended before \(step.name), which is measured while it holds"
            } else if interruption == Self.outOfTime {
                end.outcome = .timedOut
                end.reason = "\(step.name) was not done \(Self.lastWill.components.seconds) s after the interruption"
            } else {
                end.isInterrupted = true
            }
        } else if summary.failed > 0 {
            word = "trialsFailed"
            end.measured = true
            end.outcome = .failed
            end.reason =
                "\(summary.failed) of \(summary.failed + summary.completed) trials of \(step.name) have no result: \(reason)"
        } else if summary.isEmpty {
            word = StepEnd.skipped
            end.outcome = .skipped
            end.reason = "every trial of \(step.name) was skipped: \(reason)"
        }
        results.end(word)
        cell.board.end(step.name, well: end.isGood)
        return end
    }
}
